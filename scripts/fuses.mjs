import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * What the shipped program may not be talked into. With `strictlyRequireAllFuses`, an Electron that brings a fuse we
 * have not decided on fails the build.
 *
 * @returns {import('@electron/fuses').FuseV1Config}
 */
export function fuses(/** @type {string} */ platform) {
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Flipping breaks the ad-hoc signature without which a Mac starts nothing; a real signature comes after this.
    resetAdHocDarwinSignature: platform === 'darwin',
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    // Electron has no archive integrity on Linux.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    // The app does not start with it: there is no such snapshot in our package.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  }
}

/** The program inside the folder that electron-builder has packed. */
export function programPath(
  /** @type {{ appOutDir: string, platform: string, productFilename: string, executableName: string }} */ packed,
) {
  const { appOutDir, platform, productFilename, executableName } = packed
  if (platform === 'darwin') return join(appOutDir, `${productFilename}.app`)
  if (platform === 'win32') return join(appOutDir, `${productFilename}.exe`)
  return join(appOutDir, executableName)
}

/** electron-builder's `afterPack` hook. */
export async function afterPack(/** @type {import('electron-builder').AfterPackContext} */ context) {
  const { appOutDir, packager, electronPlatformName: platform } = context
  const { productFilename } = packager.appInfo
  // Only the Linux packager has a name of its own for the program.
  const executableName = 'executableName' in packager ? String(packager.executableName) : productFilename
  const program = programPath({ appOutDir, platform, productFilename, executableName })
  await flipFuses(program, fuses(platform))
}
