/** What a living Tenon says. */
export const ALIVE = '{"status":"ok"}'
