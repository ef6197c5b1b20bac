import { expect } from 'chai'
import { createEffortMeter } from '../../../runtime-ui/forms/effort.ts'

describe('how long a person is at each field of a form', () => {
  it('counts from coming to going, and again where they come back', () => {
    const meter = createEffortMeter()
    meter.enter('name', 1_000)
    meter.enter('amount', 3_000)
    meter.leave(4_000.4)
    meter.enter('name', 9_000)
    meter.leave(9_500)
    expect(meter.taken()).to.deep.equal({ name: 2_500, amount: 1_000 })
  })

  it('leaves out what passes without a sign of life', () => {
    const meter = createEffortMeter()
    meter.enter('name', 0)
    meter.act(10_000)
    meter.act(20_000)
    meter.leave(500_000)
    expect(meter.taken()).to.deep.equal({ name: 35_000 })
  })

  it('counts nothing outside fields, and no more than the server takes', () => {
    const meter = createEffortMeter()
    meter.act(5_000)
    meter.leave(6_000)
    expect(meter.taken()).to.deep.equal({})
    meter.enter('name', 0)
    for (let at = 0; at <= 900_000; at += 10_000) meter.act(at)
    expect(meter.taken()).to.deep.equal({ name: 600_000 })
  })
})
