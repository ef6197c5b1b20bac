/// <reference types="vite/client" />

/** Made by the build from languages/<tag>/language.json: see vite.config.ts. */
declare module 'virtual:tenon-control-words' {
  export const controls: Readonly<
    Record<string, (() => Promise<import('antd/es/locale').Locale>) | undefined>
  >
}
