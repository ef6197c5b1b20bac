import { request } from './client.ts'
import type { Me, Model } from './types.ts'

export const signIn = (email: string, password: string): Promise<unknown> =>
  request('/api/auth/login', { method: 'POST', body: { email, password } })

export const signOut = (): Promise<unknown> => request('/api/auth/logout', { method: 'POST', body: {} })

export async function whoAmI(): Promise<Me> {
  return (await request<{ data: Me }>('/api/auth/me')).data
}

export async function getModel(): Promise<Model> {
  return (await request<{ data: Model }>('/api/meta/model')).data
}

/** From now on this browser sees as that user does. */
export const viewAs = (user: string): Promise<unknown> =>
  request('/api/auth/view-as', { method: 'POST', body: { user } })

export const endView = (): Promise<unknown> => request('/api/auth/view-as', { method: 'DELETE' })

/** From now on this browser works in a sandbox, as the same person. */
export const enterSandbox = (name: string): Promise<unknown> =>
  request('/api/auth/sandbox', { method: 'POST', body: { name } })

export const leaveSandbox = (): Promise<unknown> => request('/api/auth/sandbox', { method: 'DELETE' })

/** Keeps the person's language with their account. */
export const saveLanguage = (language: string): Promise<unknown> =>
  request('/api/auth/profile', { method: 'PATCH', body: { language } })
