import { PHONE_EXTENSION } from '../../metadata/matching/home.ts'

/** The address by which a number is called: the first of several; an extension is dialled after a pause. */
export function callAddress(phone: string): string {
  const text = phone.normalize('NFKC').trim()
  const extension = PHONE_EXTENSION.exec(text)?.[0] ?? ''
  const [number = ''] = text.slice(0, text.length - extension.length).split(/[/、,;，；]/)
  const dialled = (part: string): string => part.replaceAll(/[^\d+]/g, '')
  return `tel:${dialled(number)}${extension === '' ? '' : `,${dialled(extension)}`}`
}
