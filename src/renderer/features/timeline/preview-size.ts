/** How large a picture of the clip is on the screen, whether it plays or not. */
export const previewSize = 'h-[clamp(10rem,30vh,26rem)] w-full object-contain'
