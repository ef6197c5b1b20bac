/** Builds modules that start alone; gives what is wrong with the sources, undefined when built. */
export function buildEntries(
  root: string,
  folder: string,
  entryPoints: readonly { readonly in: string; readonly out: string }[],
): Promise<string | undefined>
