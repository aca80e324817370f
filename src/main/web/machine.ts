/** What the browser face has to know about the machine it runs on. */
export type Machine = {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** Whether this process has every right, as in a container. */
  readonly root: boolean
}

/** macOS and Windows always have one; elsewhere a display server says so. */
export const hasDisplay = ({ platform, env }: Pick<Machine, 'platform' | 'env'>): boolean =>
  platform === 'darwin' || platform === 'win32' || [env['WAYLAND_DISPLAY'], env['DISPLAY']].some(Boolean)
