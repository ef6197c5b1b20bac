import type { ProblemCatalogue } from './problem.ts'

/** Faults of encrypted values and of the keys that they are encrypted with. */
export const secretProblems = {
  SECRET_KEY_MISSING: {
    status: 500,
    message: {
      en: 'Encrypted values need the secret key “{key}”, which is not there.',
      'zh-CN': '读取加密内容需要密钥“{key}”，但未找到该密钥。',
    },
    hint: {
      en: 'Bring back secret.key in the data folder from a backup, or set TENON_SECRET_KEY (or TENON_SECRET_KEY_OLD) to that key.',
      'zh-CN':
        '请从备份恢复数据目录中的 secret.key，或将 TENON_SECRET_KEY（或 TENON_SECRET_KEY_OLD）设为该密钥。',
    },
  },
  SECRET_VALUE_DAMAGED: {
    status: 500,
    message: {
      en: 'An encrypted value was altered in the database or belongs to another record; it is not shown.',
      'zh-CN': '某个加密内容在数据库中被改动，或属于其他记录，无法显示。',
    },
    hint: {
      en: 'Nobody but Tenon may write to these columns. Restore the record from a backup and find out who did.',
      'zh-CN': '除 Tenon 外不得写入这些列。请从备份恢复该记录，并查明改动来源。',
    },
  },
  SECRET_COMPARISON_UNFIT: {
    status: 400,
    message: {
      en: 'The values of “{name}” are encrypted and cannot be compared like this.',
      'zh-CN': '“{name}”的内容已加密，不能这样比较。',
    },
    hint: {
      en: 'Ask for a whole value (==, !=, in), for its last 4 characters (ends_with), or whether there is one (empty, not_empty).',
      'zh-CN': '可按完整内容（==、!=、in）、末 4 个字符（ends_with）或是否为空（empty、not_empty）查询。',
    },
  },
  SECRET_KEY_UNKNOWN: {
    status: 404,
    message: { en: 'There is no secret key “{key}”.', 'zh-CN': '没有密钥“{key}”。' },
    hint: { en: '“tenon secret status” lists the keys.', 'zh-CN': '“tenon secret status”可列出全部密钥。' },
  },
  SECRET_KEY_IN_USE: {
    status: 409,
    message: {
      en: 'The secret key “{key}” is still needed: {values} values are encrypted and {seals} seals of the audit made with it.',
      'zh-CN': '密钥“{key}”仍在使用：{values} 个内容以它加密，{seals} 个审计封印以它生成。',
    },
    hint: {
      en: '“tenon secret rotate” encrypts the values with another; without the key the seals could not be verified.',
      'zh-CN': '内容可用 tenon secret rotate 改用新密钥加密；缺少该密钥则无法校验这些封印。',
    },
  },
  SECRET_VOLUME_PLAIN: {
    status: 500,
    message: {
      en: 'The data folder lies on a volume that Linux does not encrypt.',
      'zh-CN': '数据目录所在的卷未经 Linux 加密。',
    },
    hint: {
      en: 'Use LUKS, unless the disk or the cloud encrypts below what Linux sees. With a DATABASE_URL the database lies elsewhere.',
      'zh-CN': '请使用 LUKS；若磁盘或云平台已在底层加密，可忽略。DATABASE_URL 所指的数据库不在此目录中。',
    },
  },
  SECRET_VOLUME_UNKNOWN: {
    status: 500,
    message: {
      en: 'Whether the data folder lies on an encrypted volume is unknown: this system does not tell.',
      'zh-CN': '无法得知数据目录是否位于加密卷上：系统未提供相关信息。',
    },
    hint: {
      en: 'Overlays of containers and network drives hide their disks: look at the host.',
      'zh-CN': '容器的叠加文件系统与网络磁盘不显示底层磁盘，请在宿主机上查看。',
    },
  },
} as const satisfies ProblemCatalogue
