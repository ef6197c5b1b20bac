/** Our icons: 16 px grid, 1.5 px stroke, round joins, no fill. The path data of each, by name. */
export const ICON_PATHS = {
  address_book:
    'M3.5 2h9v12h-9zM6 11c.3-1.3 1-2 2-2s1.7.700 2 2M8 7.5a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6',
  alert: 'M8 2.5l6 10.5H2zM8 6.5v3M8 11.2v.01',
  arrow_right: 'M3 8h10M9 4l4 4-4 4',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1.2 1.2H2.8zM6.8 14h2.4',
  bolt: 'M9 1.8 3.5 9H8l-1 5.2L12.5 7H8z',
  bold: 'M4.5 2.5h4a2.6 2.6 0 0 1 0 5.2h-4zM4.5 7.7h4.7a2.9 2.9 0 0 1 0 5.8H4.5z',
  branch: 'M4 2.5v6M4 13.5v-1.5M4 8.5c0 2 1 2.5 3 2.5h5M10 8.5l2.5 2.5L10 13.5M4 5h8M10 2.5 12.5 5 10 7.5',
  building: 'M2.5 13.5v-10h7v10M9.5 6.5h4v7M1.5 13.5h13M5 6.5h2M5 9.5h2M11.5 9.5h.01',
  calendar: 'M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v2M10.5 2.5v2',
  at: 'M8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM10.6 5.4v3.4c0 1.1.7 1.8 1.6 1.8s1.6-1 1.6-2.6A5.8 5.8 0 1 0 11 12.9',
  camera: 'M2 4.8h3l1.1-1.8h3.8L11 4.8h3v8H2zM8 10.9a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z',
  cart: 'M1.5 2.5h2l1.5 8h7.5l1.5-6H4.2M6 13.5h.01M12 13.5h.01',
  chart: 'M2.5 2.5v11h11M5.5 10.5v-3M8.5 10.5v-6M11.5 10.5v-4.5',
  check: 'M3 8.5l3.3 3.3L13 4.8',
  chevron_down: 'M3.5 6 8 10.5 12.5 6',
  chevron_left: 'M10 3.5 5.5 8l4.5 4.5',
  chevron_right: 'M6 3.5 10.5 8 6 12.5',
  chevron_up: 'M3.5 10 8 5.5l4.5 4.5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.5',
  close: 'M4 4l8 8M12 4l-8 8',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  columns: 'M2 3h12v10H2zM2 6h12M9 6v7',
  cube: 'M8 1.8l5.5 3v6.4L8 14.2l-5.5-3V4.8zM2.8 5 8 8l5.2-3M8 8v6',
  deal: 'M2 4.5h6v2.2l2.5-.8v4.2L8 9.3v2.2H2zM10.5 4.5H14v7h-3.5',
  document: 'M3.5 2h9v12h-9zM6 5.5h4M6 8h4M6 10.5h2.5',
  download: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  edit: 'M3 13l.7-2.8L10.5 3.4l2.1 2.1-6.8 6.8zM9.3 4.7l2 2',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  eye_off:
    'M2 2l12 12M6.2 4.2A7 7 0 0 1 8 3.8c4 0 6.5 4.2 6.5 4.2a12 12 0 0 1-2 2.4M4 5.3A11 11 0 0 0 1.5 8S4 12.2 8 12.2a6.6 6.6 0 0 0 2.5-.5',
  file: 'M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5',
  filter: 'M2.5 4.5h11M4.5 8h7M6.5 11.5h3',
  fit: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  flag: 'M3.5 14V2.5h8.5L10 5.7 12 9H3.5',
  funnel: 'M2 3.5h12l-4.5 5v4.5l-3-1.5v-3z',
  globe:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c2 1.8 2.7 3.8 2.7 6S10 12.2 8 14c-2-1.8-2.7-3.8-2.7-6S6 3.8 8 2z',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  group: 'M2 3h12M5 6h9M5 9h9M2 13h12',
  hash: 'M6 2.5 5 13.5M11 2.5l-1 11M2.5 6h11M2.5 10.5h11',
  headset: 'M2.5 9.5V8a5.5 5.5 0 0 1 11 0v1.5M2.5 9h2v4h-2zM11.5 9h2v4h-2z',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.3a1.7 1.7 0 1 1 2.5 1.5c-.5.3-.8.6-.8 1.2M8 11.2v.01',
  history: 'M2.5 8a5.5 5.5 0 1 1 1.7 4M2.5 8 1 6.3M2.5 8l1.8-1.5M8 5v3l2 1.5',
  home: 'M2.5 7 8 2.5 13.5 7v6.5h-4v-4h-3v4h-4z',
  hourglass: 'M4 2h8M4 14h8M4.8 2v2.5L8 8l3.2-3.5V2M4.8 14v-2.5L8 8l3.2 3.5V14',
  image: 'M2 3h12v10H2zM2.2 11.5 6 7.5l3 3 2-2 3 3M10.5 6h.01',
  italic: 'M6.5 2.5h5M4.5 13.5h5M9.5 2.5l-3 11',
  json: 'M5.5 2.5H5a1.5 1.5 0 0 0-1.5 1.5v2.2L2.3 8l1.2 1.8V12A1.5 1.5 0 0 0 5 13.5h.5M10.5 2.5h.5A1.5 1.5 0 0 1 12.5 4v2.2L13.7 8l-1.2 1.8V12a1.5 1.5 0 0 1-1.5 1.5h-.5',
  link: 'M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5 7.5 13a3 3 0 0 1-4.3-4.3L4.7 7.2',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  lock: 'M3.5 7.5h9V13.5h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
  mail: 'M2 3.5h12v9H2zM2.3 4 8 8.5 13.7 4',
  megaphone: 'M2.5 6.5v3h2.5l6 3.5V3L5 6.5zM13.5 6.5v3',
  merge: 'M3.5 2.5v2.3c0 2.2 4.5 2.2 4.5 4.7v4M12.5 2.5v2.3c0 2.2-4.5 2.2-4.5 4.7M5.8 11.3 8 13.5l2.2-2.2',
  message: 'M2.5 3h11v8H8l-3 2.5V11H2.5z',
  minus: 'M3 8h10',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  paperclip:
    'M12.5 7.5 7.8 12.2a3 3 0 0 1-4.3-4.2L8.7 2.8a2 2 0 0 1 2.9 2.9L6.5 10.8a1 1 0 0 1-1.4-1.4l4.3-4.3',
  phone:
    'M3 2.5h2.5l1.2 3-1.5 1.2a8 8 0 0 0 4.1 4.1l1.2-1.5 3 1.2V13c0 .5-.5 1-1 1A10.5 10.5 0 0 1 2 3.5c0-.5.5-1 1-1z',
  pin: 'M8 14s4.5-4 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 10 8 14 8 14zM8 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  play: 'M4.5 3l8 5-8 5z',
  plus: 'M8 3v10M3 8h10',
  refresh: 'M13 4v3h-3M13 7a5.3 5.3 0 1 0 .3 3.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  shield: 'M8 1.8l5 1.9v4c0 3-2 5.3-5 6.5-3-1.2-5-3.5-5-6.5v-4z',
  sign_out: 'M6.5 2.5h-4v11h4M6 8h7.5M10.5 5l3 3-3 3',
  sort: 'M5 13V3M2.5 5.5 5 3l2.5 2.5M11 3v10M8.5 10.5 11 13l2.5-2.5',
  star: 'M8 2.3l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9L2.4 6.4l3.9-.5z',
  sun: 'M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 1.8v1.5M8 12.7v1.5M1.8 8h1.5M12.7 8h1.5M3.6 3.6l1.1 1.1M11.3 11.3l1.1 1.1M12.4 3.6l-1.1 1.1M4.7 11.3l-1.1 1.1',
  table: 'M2 3h12v10H2zM2 6.5h12M6 6.5V13',
  tag: 'M2.5 2.5h5l6 6-5 5-6-6zM5.3 5.3v.01',
  target: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 8h.01',
  task: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 8.2l1.8 1.8 3.3-3.7',
  text: 'M3 4V3h10v1M8 3v10M6 13h4',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6',
  upload: 'M8 10.5V3M4.5 6 8 2.5 11.5 6M2.5 13.5h11',
  user: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.5-2.5 2.5-4 5-4s4.5 1.5 5 4',
  users:
    'M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM1.8 13c.4-2.2 2-3.5 4.2-3.5s3.8 1.3 4.2 3.5M10.5 3.3a2.1 2.1 0 0 1 0 4M12 9.8c1.3.5 2 1.6 2.2 3.2',
} as const

export type IconName = keyof typeof ICON_PATHS

/** Names that definitions use for the same picture. */
const ALIASES: ReadonlyMap<string, IconName> = new Map(
  Object.entries({
    account: 'building',
    company: 'building',
    contact: 'address_book',
    contract: 'document',
    box: 'cube',
    package: 'cube',
    product: 'cube',
    check_circle: 'task',
    check_square: 'task',
    magnet: 'funnel',
    checklist: 'task',
    handshake: 'deal',
    briefcase: 'deal',
    opportunity: 'deal',
    lead: 'funnel',
    call: 'phone',
    meeting: 'calendar',
    note: 'message',
    comment: 'message',
    team: 'users',
    person: 'user',
    file_text: 'document',
    map: 'globe',
    currency: 'chart',
  } as const),
)

/** The icon of a definition; a name that we do not have shows the cube of any object. */
export const iconNamed = (name: string | undefined): IconName =>
  (name === undefined ? undefined : iconKnown(name)) ?? 'cube'

/** The icon that a name stands for; undefined for one that we do not have. */
export function iconKnown(name: string): IconName | undefined {
  if (Object.hasOwn(ICON_PATHS, name)) return name as IconName
  return ALIASES.get(name) ?? ALIASES.get(name.replaceAll('-', '_'))
}
