/** The texts of the settings of a workspace. */
export const settingsEn = {
  'setting.note':
    'What is set here is in force at once; who must agree to a publish changes with a publish, to which they agree.',
  'setting.brand': 'It is chosen where one sees what becomes of it.',
  'setting.toBrand': 'Brand of the workspace',
} as const
