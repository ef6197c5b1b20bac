interface ActivityTexts {
  readonly calls: readonly { readonly subject: string; readonly notes: string }[]
  readonly meetings: readonly {
    readonly subject: string
    readonly type: 'visit' | 'online' | 'at_ours'
    readonly place: string
    readonly minutes: string
  }[]
  readonly notes: readonly { readonly subject: string; readonly text: string }[]
  readonly tasks: Readonly<Record<'call_back' | 'quote' | 'visit' | 'sample' | 'paperwork' | 'other', string>>
}

/** What is said in activities, by market; `{who}`, `{firm}` and `{what}` are filled in. */
export const ACTIVITY_TEXTS: Readonly<Record<'zh' | 'en', ActivityTexts>> = {
  zh: {
    calls: [
      { subject: '初次电话沟通 {who}', notes: '介绍了我们的产品线，{who}对{what}感兴趣，约下周发资料。' },
      { subject: '回访 {who}', notes: '{who}反馈设备运行稳定，询问年度维保的价格，已转报价。' },
      { subject: '确认 {what} 报价', notes: '对总价没有异议，希望付款改为月结 45 天，需内部确认。' },
      { subject: '跟进 {what} 进度', notes: '方案在技术部评审中，{who}说月底前给答复。' },
      { subject: '催款沟通', notes: '财务已排款，预计本周五到账。' },
      { subject: '确认交期', notes: '{who}希望交期提前一周，已与排产沟通，可以满足。' },
    ],
    meetings: [
      {
        subject: '{firm}现场勘察',
        type: 'visit',
        place: '客户工厂',
        minutes: '测量了安装位置与供电条件，地基需要加固。\n下一步：出具平面布局图。',
      },
      {
        subject: '{what}方案评审',
        type: 'online',
        place: '线上会议',
        minutes: '客户技术部提出三点修改，主要是节拍与夹具。\n下一步：周三前更新方案。',
      },
      {
        subject: '商务谈判 {who}',
        type: 'visit',
        place: '客户会议室',
        minutes: '价格谈到九五折，付款方式待定。\n下一步：提交合同草案。',
      },
      {
        subject: '{firm}来访参观展厅',
        type: 'at_ours',
        place: '公司展厅',
        minutes: '演示了加工样件，客户对精度满意。\n下一步：寄送样件检测报告。',
      },
      {
        subject: '验收会议',
        type: 'visit',
        place: '客户车间',
        minutes: '连续运行 72 小时无故障，双方签署验收单。',
      },
    ],
    notes: [
      {
        subject: '决策链',
        text: '<p>最终由<strong>总经理</strong>拍板，采购总监看价格，设备部看售后响应。</p>',
      },
      { subject: '竞争情况', text: '<p>竞品报价低约 8%，但<strong>交期</strong>比我们长三周。</p>' },
      { subject: '预算信息', text: '<p>今年预算已批，需在<strong>年底前</strong>完成采购。</p>' },
      {
        subject: '需求要点',
        text: '<ul><li>节拍不超过 90 秒</li><li>换型时间小于 10 分钟</li><li>与现有 MES 对接</li></ul>',
      },
      { subject: '服务反馈', text: '<p>上次维修响应很快，客户愿意做<strong>推荐案例</strong>。</p>' },
    ],
    tasks: {
      call_back: '三天后回访{who}',
      quote: '提交{what}报价单',
      visit: '拜访{firm}',
      sample: '给{who}寄样件',
      paperwork: '整理{firm}合同附件',
      other: '更新{firm}客户资料',
    },
  },
  en: {
    calls: [
      {
        subject: 'First call with {who}',
        notes:
          'Introduced the product line. {who} is interested in the {what}; brochure to follow next week.',
      },
      {
        subject: 'Follow-up with {who}',
        notes: '{who} says the machines run well and asks for a price for annual maintenance.',
      },
      {
        subject: 'Quote for {what}',
        notes: 'No objection to the total. They would like 45 days to pay; to be confirmed with finance.',
      },
      {
        subject: 'Status of {what}',
        notes: 'The proposal is with engineering. {who} expects an answer by the end of the month.',
      },
      { subject: 'Open invoice', notes: 'Payment is scheduled for Friday.' },
      {
        subject: 'Delivery date',
        notes: '{who} asks for delivery one week earlier. Checked with planning: possible.',
      },
    ],
    meetings: [
      {
        subject: 'Site survey at {firm}',
        type: 'visit',
        place: 'Customer plant',
        minutes:
          'Measured the floor space and power supply; the foundation needs work.\nNext: layout drawing.',
      },
      {
        subject: 'Proposal review: {what}',
        type: 'online',
        place: 'Online',
        minutes:
          'Engineering asked for three changes, mostly cycle time and fixtures.\nNext: updated proposal by Wednesday.',
      },
      {
        subject: 'Negotiation with {who}',
        type: 'visit',
        place: 'Customer office',
        minutes: 'Agreed on five per cent off; payment terms are still open.\nNext: draft contract.',
      },
      {
        subject: '{firm} visits the showroom',
        type: 'at_ours',
        place: 'Showroom',
        minutes: 'Showed sample parts; they are happy with the accuracy.\nNext: send the measurement report.',
      },
      {
        subject: 'Acceptance at {firm}',
        type: 'visit',
        place: 'Customer workshop',
        minutes: 'Ran 72 hours without a fault. Acceptance signed.',
      },
    ],
    notes: [
      {
        subject: 'Who decides',
        text: '<p>The <strong>managing director</strong> signs; procurement looks at the price, maintenance at response times.</p>',
      },
      {
        subject: 'Competition',
        text: '<p>The other offer is about 8% lower, but takes <strong>three weeks longer</strong> to deliver.</p>',
      },
      {
        subject: 'Budget',
        text: '<p>Budget is approved and must be spent <strong>before year end</strong>.</p>',
      },
      {
        subject: 'Requirements',
        text: '<ul><li>Cycle time under 90 seconds</li><li>Changeover under ten minutes</li><li>Connects to their MES</li></ul>',
      },
      {
        subject: 'Feedback on service',
        text: '<p>Pleased with the last repair; willing to be a <strong>reference</strong>.</p>',
      },
    ],
    tasks: {
      call_back: 'Call {who} back',
      quote: 'Send the quote for {what}',
      visit: 'Visit {firm}',
      sample: 'Send {who} a sample',
      paperwork: 'Prepare the contract annexes for {firm}',
      other: 'Update the data of {firm}',
    },
  },
}

/** A text with its blanks filled in. */
export function fillIn(text: string, blanks: Readonly<Record<'who' | 'firm' | 'what', string>>): string {
  return text.replace(/\{(who|firm|what)\}/g, (_, blank: 'who' | 'firm' | 'what') => blanks[blank])
}
