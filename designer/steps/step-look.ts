import type { IconName } from '../../runtime-ui/kit/icons/paths.ts'

export interface Look {
  readonly icon: IconName
  readonly tint: string
}

const LOOKS: Readonly<Record<string, Look>> = {
  trigger: { icon: 'flag', tint: 'jade' },
  create: { icon: 'plus', tint: 'sky' },
  update: { icon: 'edit', tint: 'sky' },
  find: { icon: 'search', tint: 'slate' },
  tag: { icon: 'tag', tint: 'plum' },
  assign: { icon: 'user', tint: 'jade' },
  notify: { icon: 'bell', tint: 'ochre' },
  document: { icon: 'document', tint: 'moss' },
  branch: { icon: 'branch', tint: 'iris' },
  for_each: { icon: 'refresh', tint: 'iris' },
  wait: { icon: 'hourglass', tint: 'slate' },
  call: { icon: 'code', tint: 'clay' },
  run: { icon: 'bolt', tint: 'moss' },
  stop: { icon: 'close', tint: 'slate' },
}

/** The picture of what a step does. */
export const lookOf = (action: string): Look => LOOKS[action] ?? { icon: 'bolt', tint: 'slate' }
