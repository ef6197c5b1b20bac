/**
 * Where panels and dialogs stand. Not the body: there antd locks scrolling by a style without a nonce, which the
 * content security policy refuses, and our body never scrolls.
 */
export const overlayPlace = (): HTMLElement => document.getElementById('overlays') ?? document.body
