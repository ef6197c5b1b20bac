import { expect } from 'chai'
import { tourEn } from '../../../runtime-ui/screens/tour/i18n/en.ts'
import { placeCard, TOUR_STEPS } from '../../../runtime-ui/screens/tour/steps.ts'

const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
const CARD = { width: 360, height: 160 }

describe('a tour', () => {
  const cases = [
    ['beside the navigation', { top: 60, left: 0, width: 232, height: 640 }, DESK, { top: 60, left: 244 }],
    [
      'beside the foot, within the window',
      { top: 750, left: 8, width: 216, height: 44 },
      DESK,
      { top: 628, left: 236 },
    ],
    ['below what is wide', { top: 0, left: 232, width: 1048, height: 52 }, DESK, { top: 64, left: 232 }],
    ['below what is far right', { top: 10, left: 1180, width: 90, height: 32 }, DESK, { top: 54, left: 908 }],
    [
      'above the foot of a phone',
      { top: 788, left: 0, width: 390, height: 56 },
      PHONE,
      { top: 616, left: 12 },
    ],
    [
      'within the window where it is filled',
      { top: 0, left: 0, width: 390, height: 844 },
      PHONE,
      { top: 12, left: 12 },
    ],
  ] as const
  for (const [what, target, screen, place] of cases)
    it(`stands ${what}`, () => {
      const card = screen === PHONE ? { ...CARD, width: 366 } : CARD
      expect(placeCard(target, card, screen)).to.eql(place)
    })

  it('is of five to seven steps, each with its words', () => {
    for (const [name, steps] of Object.entries(TOUR_STEPS)) {
      expect(steps.length).to.be.within(5, 7)
      for (const step of steps)
        expect(tourEn).to.include.keys(`tour.title.${name}.${step.name}`, `tour.text.${name}.${step.name}`)
    }
  })
})
