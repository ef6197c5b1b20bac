import { dataOf, listOf, operation, type ParameterSpec, type Paths, ref } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const instant = { type: 'string', format: 'date-time' } as const
const password = { type: 'string', format: 'password' } as const
const nullable = { type: ['string', 'null'] } as const

const body = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
})

const SESSION = {
  type: 'object',
  required: ['id', 'address', 'agent', 'created_at', 'seen_at', 'expires_at', 'current'],
  properties: {
    id: text,
    address: nullable,
    agent: nullable,
    created_at: instant,
    seen_at: instant,
    expires_at: instant,
    current: { type: 'boolean', description: 'Whether it is the one that asks.' },
  },
} as const

/** What the making of a user without a password answers besides the record, and the invitation of one. */
export const INVITATION = {
  type: 'object',
  required: ['purpose', 'mailed'],
  properties: {
    purpose: { enum: ['invitation', 'password_reset'] },
    mailed: { type: 'boolean' },
    link: { ...text, description: 'To be passed on; absent where it is mailed. Good once.' },
    expires_at: instant,
  },
} as const

/** Passwords, by a link or by hand. */
const PASSWORDS: Paths = {
  '/api/auth/forgot': {
    post: operation({
      id: 'forgot_password',
      tag: 'sign-in',
      summary: 'Ask for a link by which to set a new password',
      description: 'The answer is the same for every account, also for those that there are not.',
      open: true,
      body: body({ email: { ...text, description: 'An e-mail, or a phone number.' } }),
      answers: {
        202: {
          description:
            'Whether this Tenon sends mails at all; where it does not, an administrator has the link.',
          schema: dataOf({
            type: 'object',
            required: ['mailed'],
            properties: { mailed: { type: 'boolean' } },
          }),
        },
      },
      problems: [403, 429],
    }),
  },
  '/api/auth/link': {
    post: operation({
      id: 'look_at_link',
      tag: 'sign-in',
      summary: 'Whose password a link sets',
      open: true,
      body: body({ token: text }),
      answers: {
        200: {
          description: 'The link is good.',
          schema: dataOf({
            type: 'object',
            required: ['purpose', 'name', 'email'],
            properties: { purpose: { enum: ['invitation', 'password_reset'] }, name: text, email: text },
          }),
        },
      },
      problems: [403],
    }),
  },
  '/api/auth/password': {
    post: operation({
      id: 'set_password',
      tag: 'sign-in',
      summary: 'Set a password by a link, and sign in',
      description: 'All sessions of the user end; the link is good once.',
      open: true,
      body: body({ token: text, password }),
      answers: {
        200: {
          description: 'A session of 30 days, as a token and as a cookie.',
          schema: {
            type: 'object',
            required: ['token', 'user'],
            properties: { token: text, user: ref('SignedInUser') },
          },
          headers: ['Set-Cookie'],
        },
      },
      problems: [403],
    }),
  },
  '/api/auth/password/change': {
    post: operation({
      id: 'change_password',
      tag: 'sign-in',
      summary: 'Change one’s own password; all other sessions end',
      body: body({ current_password: password, password }),
      answers: { 204: null },
      problems: [403, 429],
    }),
  },
}

const own = { type: 'object', description: 'Fields of the user, teams and deputy as objects.' } as const
const SESSION_ID: ParameterSpec = {
  name: 'id',
  in: 'path',
  description: 'As the list gives it.',
  schema: text,
}

/** One's own account, for every person. */
const OWN: Paths = {
  '/api/auth/profile': {
    get: operation({
      id: 'get_profile',
      tag: 'sign-in',
      summary: 'One’s own user record',
      answers: { 200: { description: 'The record.', schema: dataOf(own) } },
      problems: [403],
    }),
    patch: operation({
      id: 'update_profile',
      tag: 'sign-in',
      summary: 'Change one’s own language, time zone, hours, absence and deputy',
      body: { type: 'object' },
      answers: { 200: { description: 'The record.', schema: dataOf(own) } },
      problems: [403],
    }),
  },
  '/api/auth/sessions': {
    get: operation({
      id: 'my_sessions',
      tag: 'sign-in',
      summary: 'One’s own living sessions',
      answers: { 200: { description: 'The one last used first.', schema: dataOf(listOf(SESSION)) } },
      problems: [403],
    }),
    delete: operation({
      id: 'sign_out_everywhere',
      tag: 'sign-in',
      summary: 'End all sessions, this one too',
      answers: { 204: null },
      problems: [403],
    }),
  },
  '/api/auth/sessions/{id}': {
    delete: operation({
      id: 'end_session',
      tag: 'sign-in',
      summary: 'End one of one’s own sessions',
      parameters: [SESSION_ID],
      answers: { 204: null },
      problems: [403],
    }),
  },
}

const USER_ID: ParameterSpec = { name: 'id', in: 'path', description: 'The id of the user.', schema: uuid }

/** What administrators of users do for others. */
export const USER_PATHS: Paths = {
  '/api/users/standing': {
    get: operation({
      id: 'user_standing',
      tag: 'user',
      summary: 'Which users are invited, active, absent or switched off',
      parameters: [
        {
          name: 'ids',
          in: 'query',
          description: 'Ids of users, parted by commas; at most 200. Those out of sight are left out.',
          schema: text,
        },
      ],
      answers: {
        200: {
          description: 'The standing of each, in no order.',
          schema: dataOf(
            listOf({
              type: 'object',
              required: ['id', 'standing', 'until'],
              properties: {
                id: uuid,
                standing: { enum: ['invited', 'active', 'absent', 'off'] },
                until: { ...nullable, description: 'When an absence ends.' },
              },
            }),
          ),
        },
      },
      problems: [403],
    }),
  },
  '/api/users/{id}/invitation': {
    post: operation({
      id: 'invite_user',
      tag: 'user',
      summary: 'Invite a user, or let one set a new password',
      parameters: [USER_ID],
      answers: { 201: { description: 'Mailed, or a link to pass on.', schema: dataOf(INVITATION) } },
      problems: [403],
    }),
  },
  '/api/users/{id}/sessions': {
    delete: operation({
      id: 'sign_out_user',
      tag: 'user',
      summary: 'End all sessions of a user',
      parameters: [USER_ID],
      answers: { 204: null },
      problems: [403],
    }),
  },
}

const VIEW_AS: Paths = {
  '/api/auth/view-as': {
    delete: operation({
      id: 'end_view_as',
      tag: 'sign-in',
      summary: 'Stop seeing as another user',
      open: true,
      answers: { 204: null },
    }),
  },
}

/** For administrators of users, in a session of their own. */
export const VIEW_PATHS: Paths = {
  '/api/auth/view-as': {
    ...VIEW_AS['/api/auth/view-as'],
    post: operation({
      id: 'view_as',
      tag: 'sign-in',
      summary: 'See the workspace as another user does: read only, for an hour at most',
      body: {
        type: 'object',
        required: ['user'],
        additionalProperties: false,
        properties: { user: uuid },
      },
      answers: {
        201: {
          description: 'A token for the view; in a browser also a cookie.',
          schema: dataOf({
            type: 'object',
            required: ['token', 'expires_at'],
            properties: { token: text, expires_at: instant },
          }),
          headers: ['Set-Cookie'],
        },
      },
      problems: [403, 404],
    }),
  },
}

export const PEOPLE_PATHS: Paths = { ...PASSWORDS, ...OWN, ...VIEW_AS }
