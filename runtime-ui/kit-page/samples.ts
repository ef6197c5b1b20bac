import type { Stage } from '../api/types.ts'

export const TINTS = ['slate', 'clay', 'ochre', 'moss', 'jade', 'sky', 'iris', 'plum'] as const

const stage = (name: string, type: Stage['type'], next: readonly string[]): Stage =>
  ({ name, label: name, type, next }) as Stage

export const STAGES: readonly Stage[] = [
  stage('contact', 'open', ['requirement']),
  stage('requirement', 'open', ['proposal', 'lost']),
  stage('proposal', 'open', ['won', 'lost']),
  stage('won', 'won', []),
  stage('lost', 'lost', []),
]

export const TOKEN_GROUPS = [
  [
    'brand-1',
    'brand-2',
    'brand-3',
    'brand-4',
    'brand-5',
    'brand-6',
    'brand-7',
    'brand-8',
    'brand-9',
    'brand-10',
  ],
  [
    'bg-frame',
    'bg-sheet',
    'bg-sunk',
    'bg-raised',
    'bg-overlay',
    'bg-hover',
    'bg-selected',
    'line',
    'line-strong',
  ],
  ['ink', 'ink-2', 'ink-3', 'ink-4', 'success', 'warning', 'error', 'stage-won', 'stage-lost'],
  ['stage-1', 'stage-2', 'stage-3', 'stage-4', 'stage-5'],
] as const
