/** The texts of what Tenon does by itself: buttons of flows, what they did, pages that follow. */
export const flowsEn = {
  'flow.history': 'by the flow “{{flow}}”',
  'flow.pressed': '{{flow}} has begun',
  'flow.run': 'What it did',
  'live.hint': 'This page follows what happens by itself.',
  'live.on': 'Live',
} as const
