import { comeWithTexts } from '../../../i18n/index.ts'

/** Settled once the texts are there. */
export const textsReady = comeWithTexts('requests', {
  en: async () => (await import('./en.ts')).requestsEn,
  'zh-CN': async () => (await import('./zh-CN.ts')).requestsZhCN,
})
