import { spawn } from 'node:child_process'

/** Signals a whole process group, whose number is that of its first process: a plain kill reaches only that one. */
export function signalGroup(
  pid: number,
  signal: NodeJS.Signals,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform === 'win32') {
    // Windows knows no polite signal for a program without a window.
    spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => signalOne(pid, signal),
    )
    return
  }
  signalOne(-pid, signal)
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // ESRCH: nobody is left.
  }
}
