import { PROBLEMS } from '../../engine/errors.ts'
import { approvalProblems } from '../../engine/problems/approval.ts'
import { authProblems } from '../../engine/problems/auth.ts'
import { backupProblems } from '../../engine/problems/backup.ts'
import { connectionProblems } from '../../engine/problems/connection.ts'
import { fieldProblems } from '../../engine/problems/field.ts'
import { flowProblems } from '../../engine/problems/flow.ts'
import { httpProblems } from '../../engine/problems/http.ts'
import { importProblems } from '../../engine/problems/import.ts'
import { mergeProblems } from '../../engine/problems/merge.ts'
import { metaProblems } from '../../engine/problems/meta.ts'
import { pilotProblems } from '../../engine/problems/pilot.ts'
import { poolProblems } from '../../engine/problems/pool.ts'
import type { ProblemCatalogue, ProblemKind } from '../../engine/problems/problem.ts'
import { queryProblems } from '../../engine/problems/query.ts'
import { recordProblems } from '../../engine/problems/record.ts'
import { reportProblems } from '../../engine/problems/report.ts'
import { requestProblems } from '../../engine/problems/request.ts'
import { sandboxProblems } from '../../engine/problems/sandbox.ts'
import { secretProblems } from '../../engine/problems/secret.ts'
import { silentProblems } from '../../engine/problems/silent.ts'
import { startProblems } from '../../engine/problems/start.ts'
import { webformProblems } from '../../engine/problems/webform.ts'
import { escapeCell, table } from './markdown.ts'

const HEADER = `<!-- Generated from engine/problems by \`npm run generate\`. Do not edit. -->
# Errors · 错误

Every refusal of the API is a problem as RFC 9457 has it (\`application/problem+json\`):

\`\`\`json
{
  "type": "urn:tenon:problem:FIELD_REQUIRED", "title": "Not valid", "status": 422, "code": "FIELD_REQUIRED",
  "detail": "This field is required.",
  "errors": [{ "code": "FIELD_REQUIRED", "path": "/name", "message": "This field is required." }]
}
\`\`\`

\`errors\` holds every problem at once; the first decides \`code\` and \`status\`. \`path\` is a JSON pointer into what was
sent, \`hint\` says what to do or guesses what was meant. Messages come in the language of \`Accept-Language\`, else of the
signed-in person; \`{name}\` below stands for a part that is filled in. Programs go by \`code\`: codes do not change.

API 的每次拒绝都按 RFC 9457 返回（\`application/problem+json\`）：\`errors\` 一次列出全部问题，第一个决定 \`code\` 和
\`status\`；\`path\` 是指向所发内容的 JSON 指针，\`hint\` 给出处理办法或猜测本意。程序请以 \`code\` 为准。
`

/** The parts of the page in order; together they hold every problem, which a test counts. */
const AREAS: readonly (readonly [title: string, catalogue: ProblemCatalogue])[] = [
  ['Requests · 请求', httpProblems],
  ['Sign-in and rights · 登录与权限', authProblems],
  ['Lists, filters and sums · 列表、筛选与汇总', queryProblems],
  ['Flows · 自动流程', flowProblems],
  ['Approvals · 审批', approvalProblems],
  ['Connections · 连接', connectionProblems],
  ['Web forms · 网页表单', webformProblems],
  ['Reports and dashboards · 报表与看板', reportProblems],
  ['Values · 字段值', fieldProblems],
  ['Records · 记录', recordProblems],
  ['Merging · 合并', mergeProblems],
  ['Assignment and pools · 分配与公海', poolProblems],
  ['Change requests · 修改建议', requestProblems],
  ['Encrypted values · 加密内容', secretProblems],
  ['Definitions · 定义', metaProblems],
  ['Files, imports and templates · 文件导入与模板', importProblems],
  ['Starting · 启动', startProblems],
  ['Sandboxes · 沙箱', sandboxProblems],
  ['Pilots · 试用', pilotProblems],
  ['Silent runs · 静默运行', silentProblems],
  ['Backups · 备份', backupProblems],
]

/** docs/errors.md: every problem that the engine can answer with, by area, with status and both texts. */
export function errorsPage(): string {
  const parts = AREAS.map(([title, catalogue]) => areaPart(title, catalogue))
  return `${HEADER}\n${parts.join('\n')}`
}

/** Problems of the engine that stand in no area of the page; [] unless someone adds an area without telling. */
export function missingProblems(): string[] {
  const told = new Set(AREAS.flatMap(([, catalogue]) => Object.keys(catalogue)))
  return Object.keys(PROBLEMS).filter((code) => !told.has(code))
}

function areaPart(title: string, catalogue: ProblemCatalogue): string {
  const rows = Object.entries(catalogue).map(([code, kind]) => [
    `\`${code}\``,
    String(kind.status),
    texts(kind, 'en'),
    texts(kind, 'zh-CN'),
  ])
  return `## ${title}\n\n${table(['code', 'status', 'message', '说明'], rows)}`
}

function texts({ message, hint }: ProblemKind, language: 'en' | 'zh-CN'): string {
  const text = escapeCell(message[language])
  return hint === undefined ? text : `${text}<br>*${escapeCell(hint[language])}*`
}
