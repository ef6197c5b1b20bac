const DEFAULT_WORKSPACE = 'default'

/**
 * The address at which a user sets a password. The token stands behind the `#`: browsers send that to nobody, so it
 * is in no log and no Referer.
 * @param base where people reach Tenon, such as https://crm.example.com; another workspace is a subdomain of it
 */
export function linkOf(base: string, workspace: string, token: string): string {
  const url = new URL('/set-password', base)
  if (workspace !== DEFAULT_WORKSPACE) url.hostname = `${workspace}.${url.hostname}`
  url.hash = token
  return url.toString()
}
