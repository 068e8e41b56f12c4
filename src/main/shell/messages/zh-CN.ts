const messages = {
  title: '和事无法启动',
  inUse: '本机已经打开了和事。请先关闭已打开的窗口或浏览器中的和事，再重新启动。',
  full: '磁盘已满。已保存的内容没有丢失。请清理磁盘空间后重新启动。',
  other: '已保存的内容没有丢失。请重新启动；如仍出现，请将以下信息告知管理员：',
};

export type FailureMessages = typeof messages;
export default messages;
