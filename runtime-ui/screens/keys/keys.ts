import { MOD_KEY } from '../../kit/use-shortcut.ts'

/** Keys by where they act; those that are pressed together stand in one list. */
export const KEYS = {
  everywhere: { search: [MOD_KEY, 'K'], map: ['?'], help: ['F1'], nav: [MOD_KEY, '\\'], close: ['Esc'] },
  list: {
    find: ['/'],
    create: ['C'],
    rows: ['↑', '↓', 'J', 'K'],
    open: ['↵'],
    peek: ['Space'],
    choose: ['X'],
    range: ['⇧', 'X'],
    column: ['⇧', '←', '→'],
    call: ['L'],
    copy: [MOD_KEY, 'C'],
    paste: [MOD_KEY, 'V'],
  },
  board: { card: ['←', '→'], day: ['⇧', '←', '↑', '→', '↓'] },
  record: { edit: ['E'], neighbours: ['J', 'K'], call: ['L'], task: ['T'], note: ['N'], meeting: ['M'] },
  form: { save: [MOD_KEY, 'S'], next: [MOD_KEY, '⇧', 'S'], send: [MOD_KEY, '↵'] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

export type KeyPlace = keyof typeof KEYS
