import { MOST_FAVOURITES, TOURS } from '../../process/own-settings.ts'
import { dataOf, operation, type Paths, ref } from './operation.ts'

const answers = { 200: { description: 'One’s own.', schema: dataOf(ref('OwnSettings')) } } as const

const favourites = {
  type: 'array',
  maxItems: MOST_FAVOURITES,
  items: ref('Favourite'),
  description: 'In the order in which they stand; the list takes the place of the one before.',
} as const

/** How a workspace looks. */
export const BRAND_PATHS: Paths = {
  '/api/brand': {
    get: operation({
      id: 'brand',
      tag: 'operation',
      summary: 'The brand colour and the logo of the workspace, for the page before the door too',
      open: true,
      answers: {
        200: {
          description: 'Each null where the pages have their own.',
          schema: dataOf({
            type: 'object',
            required: ['color', 'logo'],
            properties: {
              color: { type: ['string', 'null'], description: 'Such as #1a73e8.' },
              logo: { type: ['string', 'null'], description: 'A picture as a data: address.' },
            },
          }),
        },
      },
    }),
  },
}

/** What a person has arranged for themselves, on every device. */
export const OWN_SETTINGS_PATHS: Paths = {
  '/api/auth/settings': {
    get: operation({
      id: 'own_settings',
      tag: 'people',
      summary:
        'What one has arranged for oneself: favourites, the views that lists open with, which news and tours were put away',
      answers,
    }),
    patch: operation({
      id: 'save_own_settings',
      tag: 'people',
      summary: 'Arrange something for oneself, on every device',
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          favourites,
          opening_views: {
            type: 'object',
            additionalProperties: { type: ['string', 'null'] },
            description: 'By entity; null: as the role has it. Those that are not named stay.',
          },
          news_seen: {
            type: 'integer',
            minimum: 0,
            maximum: 2_147_483_647,
            description: 'Puts away what is new up to this version; never less than before.',
          },
          tours_seen: {
            type: 'array',
            items: { enum: TOURS },
            description: 'Tours that were taken or put away; those seen before stay so.',
          },
        },
      },
      answers,
      problems: [403, 422],
    }),
  },
}
