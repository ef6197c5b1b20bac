/** So high a logo is kept, in pixels: the frame shows 24, twice as sharp, the page before the door 28. */
const HEIGHT = 128
const MOST_WIDTH = 640

/**
 * A picture as a logo: drawn anew at the size that is shown, so that nothing of the file but its pixels is kept.
 * @returns undefined where it is no picture
 */
export async function readLogo(file: File): Promise<string | undefined> {
  // An SVG could bring along more than pixels.
  if (!/^image\/(png|jpeg|webp)$/.test(file.type)) return undefined
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, HEIGHT / bitmap.height, MOST_WIDTH / bitmap.width)
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/png')
  } catch {
    return undefined // it calls itself a picture and is none
  }
}
