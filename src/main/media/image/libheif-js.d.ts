/** The part of the package that is used; it ships its types under another name than its code. */
declare module 'libheif-js/wasm-bundle.js' {
  type Refused = { readonly code: { readonly value: number }; readonly message: string }
  type Context = { readonly code?: undefined }
  type Handle = { readonly code?: undefined }
  type Plane = { readonly data: Uint8Array; readonly stride: number }
  type Decoded = {
    readonly code?: undefined
    readonly image: { readonly $$: { readonly ptr: number } }
    readonly width: number
    readonly height: number
    readonly channels: readonly Plane[]
  }
  const library: {
    readonly heif_colorspace: { readonly heif_colorspace_RGB: object }
    readonly heif_chroma: {
      readonly heif_chroma_interleaved_RGB: object
      readonly heif_chroma_interleaved_RGBA: object
    }
    readonly heif_context_alloc: () => Context
    readonly heif_get_disabled_security_limits: () => number
    readonly heif_context_set_security_limits: (context: Context, limits: number) => unknown
    readonly heif_context_read_from_memory: (context: Context, file: Uint8Array) => Refused
    readonly heif_js_context_get_primary_image_handle: (context: Context) => Handle | Refused
    readonly heif_image_handle_get_width: (handle: Handle) => number
    readonly heif_image_handle_get_height: (handle: Handle) => number
    readonly heif_js_decode_image2: (
      handle: Handle,
      colorspace: object,
      chroma: object,
    ) => Decoded | Refused | undefined
    /** Writes that many errors of three words (code, subcode, text) and answers how many there are in all. */
    readonly _heif_image_get_decoding_warnings: (
      image: number,
      first: number,
      target: number,
      most: number,
    ) => number
    readonly _malloc: (bytes: number) => number
    readonly HEAP32: Int32Array
  }
  export = library
}
