import { comeWithTexts } from '../../../i18n/index.ts'

/** Settled once the texts are there. */
export const textsReady = comeWithTexts('tour', {
  en: async () => (await import('./en.ts')).tourEn,
  'zh-CN': async () => (await import('./zh-CN.ts')).tourZhCN,
})
