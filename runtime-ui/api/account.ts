import { request } from './client.ts'
import type { RecordData } from './types.ts'

/** How a person gets in: by mail, or by a link that is shown once. */
export interface Invitation {
  readonly purpose: 'invitation' | 'password_reset'
  readonly mailed: boolean
  readonly link?: string
  readonly expires_at?: string
}

/** Whose password a link sets. */
export interface LinkHolder {
  readonly purpose: 'invitation' | 'password_reset'
  readonly name: string
  readonly email: string
}

export interface Session {
  readonly id: string
  readonly address: string | null
  readonly agent: string | null
  readonly created_at: string
  readonly seen_at: string
  readonly current: boolean
}

export interface Token {
  readonly id: string
  readonly label: string
  readonly roles: readonly string[]
  readonly created_at?: string
  readonly expires_at: string
  /** Shown once, when it is made. */
  readonly token?: string
}

type Data<T> = { readonly data: T }

const post = <T>(path: string, body: unknown = {}): Promise<T> => request<T>(path, { method: 'POST', body })

/** Asks for a link by mail; says whether mails go out at all. */
export const forgotPassword = async (account: string): Promise<boolean> =>
  (await post<Data<{ mailed: boolean }>>('/api/auth/forgot', { email: account })).data.mailed

export const lookAtLink = async (token: string): Promise<LinkHolder> =>
  (await post<Data<LinkHolder>>('/api/auth/link', { token })).data

/** Sets the password of the link's holder and signs them in. */
export const setPassword = (token: string, password: string): Promise<unknown> =>
  post('/api/auth/password', { token, password })

export const changePassword = (current: string, password: string): Promise<unknown> =>
  post('/api/auth/password/change', { current_password: current, password })

export const getProfile = async (): Promise<RecordData> =>
  (await request<Data<RecordData>>('/api/auth/profile')).data

export const saveProfile = async (body: object): Promise<RecordData> =>
  (await request<Data<RecordData>>('/api/auth/profile', { method: 'PATCH', body })).data

export const mySessions = async (): Promise<readonly Session[]> =>
  (await request<Data<readonly Session[]>>('/api/auth/sessions')).data

export const endSession = (id: string): Promise<unknown> =>
  request(`/api/auth/sessions/${id}`, { method: 'DELETE' })

export const signOutEverywhere = (): Promise<unknown> => request('/api/auth/sessions', { method: 'DELETE' })

export const myTokens = async (): Promise<readonly Token[]> =>
  (await request<Data<readonly Token[]>>('/api/tokens')).data

export const createToken = async (body: object): Promise<Token> =>
  (await post<Data<Token>>('/api/tokens', body)).data

export const revokeToken = (id: string): Promise<unknown> =>
  request(`/api/tokens/${id}`, { method: 'DELETE' })

/** Makes a user without a password, who is invited with it. */
export const inviteNew = (
  body: object,
): Promise<{ readonly data: RecordData; readonly invitation?: Invitation }> => post('/api/records/user', body)

export const inviteAgain = async (id: string): Promise<Invitation> =>
  (await post<Data<Invitation>>(`/api/users/${encodeURIComponent(id)}/invitation`)).data

export const signOutUser = (id: string): Promise<unknown> =>
  request(`/api/users/${encodeURIComponent(id)}/sessions`, { method: 'DELETE' })
