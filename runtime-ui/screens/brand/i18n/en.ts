/** The texts of the brand page; they come with it. */
export const brandEn = {
  'brand.broken': 'A colour is written with six digits, such as #1a56db.',
  'brand.choose': 'Take {{colour}}',
  'brand.colour': 'Colour',
  'brand.hex': 'Colour as a code',
  'brand.logo': 'Logo',
  'brand.logoText':
    'PNG, JPEG or WebP. It is shown in the navigation and on the sign-in page; an SVG is not taken, since it may carry scripts.',
  'brand.noPicture': 'This is no PNG, JPEG or WebP picture.',
  'brand.pick': 'Choose any colour',
  'brand.plain': 'Colour of the product',
  'brand.preview': 'Preview',
  'brand.readable':
    'Lighter and darker shades follow by themselves, so that every text stays readable in light and dark.',
  'brand.removeLogo': 'Remove the logo',
  'brand.sample': 'Opportunities',
  'brand.saved': 'The brand is in force for everybody',
  'brand.text':
    'What people see of your company in these pages. It is in force for everybody as soon as it is saved.',
} as const
