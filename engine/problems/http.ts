import type { ProblemCatalogue } from './problem.ts'

/** Faults of a request as such. */
export const httpProblems = {
  HTTP_REQUEST_UNREADABLE: {
    status: 400,
    message: { en: 'This is not a complete HTTP request.', 'zh-CN': '这不是完整的 HTTP 请求。' },
  },
  HTTP_REQUEST_TIMEOUT: {
    status: 408,
    message: { en: 'The request did not arrive in time.', 'zh-CN': '请求未能及时到达。' },
  },
  HTTP_HEAD_TOO_LARGE: {
    status: 431,
    message: {
      en: 'The address and headers are longer than {limit} bytes together.',
      'zh-CN': '地址与请求头合计超过 {limit} 字节。',
    },
    hint: {
      en: 'Send a long filter in the body: POST …/query.',
      'zh-CN': '较长的筛选条件请用 POST …/query 放在请求体中发送。',
    },
  },
  HTTP_BODY_UNREADABLE: {
    status: 400,
    message: { en: 'The body is not valid JSON in UTF-8.', 'zh-CN': '请求体不是合法的 UTF-8 JSON。' },
  },
  HTTP_BODY_EMPTY: {
    status: 400,
    message: { en: 'A JSON body is expected here.', 'zh-CN': '此请求需要 JSON 请求体。' },
  },
  HTTP_BODY_TOO_DEEP: {
    status: 400,
    message: { en: 'The body is nested deeper than {limit} levels.', 'zh-CN': '请求体嵌套超过 {limit} 层。' },
  },
  HTTP_BODY_TOO_WIDE: {
    status: 400,
    message: {
      en: 'An object in the body has more than {limit} names.',
      'zh-CN': '请求体中有对象的键超过 {limit} 个。',
    },
  },
  HTTP_BODY_NOT_OBJECT: {
    status: 422,
    message: { en: 'The body is a JSON object here.', 'zh-CN': '此处的请求体应为 JSON 对象。' },
  },
  HTTP_ADDRESS_INVALID: {
    status: 400,
    message: {
      en: 'The address is not valid: a percent sign starts no UTF-8 character.',
      'zh-CN': '地址无效：百分号编码不是合法的 UTF-8。',
    },
  },
  HTTP_BODY_TOO_LARGE: {
    status: 413,
    message: { en: 'The body is larger than {limit} bytes.', 'zh-CN': '请求体超过 {limit} 字节。' },
  },
  HTTP_MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    message: { en: 'Send this as {expected}.', 'zh-CN': '请以 {expected} 发送。' },
  },
  HTTP_ROUTE_UNKNOWN: { status: 404, message: { en: 'There is no such address.', 'zh-CN': '没有此地址。' } },
  HTTP_METHOD_NOT_ALLOWED: {
    status: 405,
    message: { en: 'This address does not take {method}.', 'zh-CN': '此地址不支持 {method}。' },
  },
  HTTP_PARAMETER_UNKNOWN: {
    status: 400,
    message: { en: 'There is no parameter “{name}”.', 'zh-CN': '没有参数“{name}”。' },
  },
  HTTP_PARAMETER_INVALID: {
    status: 400,
    message: { en: 'The parameter “{name}” is not valid.', 'zh-CN': '参数“{name}”无效。' },
  },
  HTTP_PARAMETER_TWICE: {
    status: 400,
    message: { en: 'The parameter “{name}” is given more than once.', 'zh-CN': '参数“{name}”重复出现。' },
  },
  HTTP_ORIGIN_DENIED: {
    status: 403,
    message: { en: 'This request came from another site.', 'zh-CN': '请求来自其他网站，已拒绝。' },
  },
  HTTP_PAGES_MISSING: {
    status: 503,
    message: {
      en: 'The pages are not built yet; the API works.',
      'zh-CN': '页面尚未构建，API 可正常使用。',
    },
    hint: {
      en: 'Run “npm run build”, or start with “npm start”.',
      'zh-CN': '请运行 npm run build，或用 npm start 启动。',
    },
  },
  EVENTS_TOO_MANY: {
    status: 429,
    message: {
      en: 'You have {limit} pages open that listen; close one.',
      'zh-CN': '您已打开 {limit} 个实时更新的页面，请先关闭一个。',
    },
  },
  EXPORT_BUSY: {
    status: 429,
    message: {
      en: 'Other exports are being written. Try again in a moment.',
      'zh-CN': '其他导出正在进行，请稍后重试。',
    },
  },
  HTTP_BUSY: {
    status: 503,
    message: {
      en: 'Too much is going on at once; try again shortly.',
      'zh-CN': '当前请求过多，请稍后重试。',
    },
  },
  HTTP_SETTING_UP: {
    status: 503,
    message: {
      en: 'The first workspace is being set up; try again in some seconds.',
      'zh-CN': '首个工作区正在初始化，请几秒后重试。',
    },
  },
  HTTP_UNAVAILABLE: {
    status: 503,
    message: {
      en: 'The database is away for the moment; try again shortly.',
      'zh-CN': '数据库暂时不可用，请稍后重试。',
    },
    hint: {
      en: 'Whether a write that was under way is stored is not known; an Idempotency-Key makes a retry safe.',
      'zh-CN': '正在进行的写入是否已保存无法确定；带 Idempotency-Key 重试是安全的。',
    },
  },
  HTTP_INTERNAL: {
    status: 500,
    message: {
      en: 'Something went wrong on our side; it has been logged.',
      'zh-CN': '系统内部出错，已记录。',
    },
  },
  HTTP_FORM_UNREADABLE: {
    status: 400,
    message: {
      en: 'The body is not a complete multipart form.',
      'zh-CN': '请求体不是完整的 multipart 表单。',
    },
  },
  FILE_CONTENT_MISSING: {
    status: 404,
    message: {
      en: 'The content of this file is no longer on the disk.',
      'zh-CN': '该文件的内容已不在磁盘上。',
    },
    hint: {
      en: 'Restore the folder “files” of the data folder from a backup.',
      'zh-CN': '请从备份恢复数据目录中的 files 文件夹。',
    },
  },
  FEATURE_OFF: {
    status: 404,
    message: {
      en: 'Records of “{entity}” have no {feature}.',
      'zh-CN': '“{entity}”的记录未启用 {feature} 功能。',
    },
  },
  LAYOUT_UNKNOWN: {
    status: 404,
    message: { en: 'There is no layout “{name}” here.', 'zh-CN': '此处没有布局“{name}”。' },
  },
  WORKSPACE_UNKNOWN: {
    status: 404,
    message: { en: 'There is no workspace “{name}”.', 'zh-CN': '没有工作区“{name}”。' },
  },
} as const satisfies ProblemCatalogue
