/** Told of each point that a publish reaches; a test stops the process there. */
export type ReachPoint = (point: string) => Promise<void> | void

export const passBy: ReachPoint = () => undefined
