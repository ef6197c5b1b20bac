/** The texts of the tours; they come when one is offered or begun. */
export const tourEn = {
  'tour.offer.work': 'New here?',
  'tour.offer.designer': 'New in the designer?',
  'tour.offerText': 'A tour of a minute shows where things are. You find it again in the help.',
  'tour.yes': 'Show me around',
  'tour.no': 'No, thanks',
  'tour.at': '{{at}} of {{of}}',
  'tour.next': 'Next',
  'tour.back': 'Back',
  'tour.skip': 'Skip',
  'tour.done': 'Done',
  'tour.title.work.places': 'Your places',
  'tour.text.work.places':
    'All that you work with, as your role has it. Stars in lists and on records put what you need often below.',
  'tour.title.work.find': 'Find anything',
  'tour.text.work.find':
    'Type a name, a number or the first letters of a page. On a keyboard Ctrl K brings it from anywhere.',
  'tour.title.work.page': 'The page',
  'tour.text.work.page':
    'What it shows and what can be done with it always stand up here. Click a row to open it, a value to change it.',
  'tour.title.work.add': 'Add something',
  'tour.text.work.add':
    'A form with just the fields that matter now; what you typed stays if the page is reloaded.',
  'tour.title.work.bell': 'What concerns you',
  'tour.text.work.bell': 'Tasks, mentions, approvals that wait for you: they come by themselves.',
  'tour.title.work.self': 'You',
  'tour.text.work.self':
    'Language, light or dark, your account. Here is the help too, also by F1, and a way to ask for a change.',
  'tour.title.designer.kinds': 'What your company works with',
  'tour.text.designer.kinds':
    'Objects, stages, rules, flows, pages and roles. A number in colour tells how many your draft changes.',
  'tour.title.designer.begin': 'The first hour',
  'tour.text.designer.begin':
    'Begin from a spreadsheet, a template or an empty page, and see what is still missing.',
  'tour.title.designer.model': 'The picture of it',
  'tour.text.designer.model':
    'All objects and how they belong together. Draw a line from one to another to connect them.',
  'tour.title.designer.search': 'Search what is defined',
  'tour.text.designer.search': 'By name, or by any word of the sentence that each definition is told in.',
  'tour.title.designer.drafts': 'Nothing at once',
  'tour.text.designer.drafts':
    'Every change goes into a draft. Its plan tells in sentences what publishing would do, before anything happens.',
  'tour.title.designer.versions': 'And always back',
  'tour.text.designer.versions':
    'Each publish is a version: compare two of them, go back to one, with its data.',
  'tour.title.designer.templates': 'Not from nothing',
  'tour.text.designer.templates': 'Look into a whole industry before you install it, and take it away again.',
} as const
