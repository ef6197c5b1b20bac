import { comeWithTexts } from '../../../i18n/index.ts'

/** Settled once the texts are there. */
export const textsReady = comeWithTexts('help', {
  en: async () => (await import('./en.ts')).helpEn,
  'zh-CN': async () => (await import('./zh-CN.ts')).helpZhCN,
})
