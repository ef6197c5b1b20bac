/** What is wrong with a setting; its message is the reason that the operator reads. */
export class SettingFault extends Error {}
