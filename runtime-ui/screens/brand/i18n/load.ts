import { comeWithTexts } from '../../../i18n/index.ts'

/** Settled once the texts are there. */
export const textsReady = comeWithTexts('brand', {
  en: async () => (await import('./en.ts')).brandEn,
  'zh-CN': async () => (await import('./zh-CN.ts')).brandZhCN,
})
