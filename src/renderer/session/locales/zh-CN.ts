export default {
  title: '和事',
  subtitle: '消费纠纷解决点工作站',
  enrol: {
    title: '登记本工作站',
    text: '请向管理员索取中心地址和一次性登记码。登记一次即可，之后没有网络也能工作。',
    centreUrl: '中心地址',
    code: '登记码',
    deviceName: '工作站名称',
    submit: '登记',
    waiting: '已登记，正在取回本单位的人员和商户…',
    waitingText: '完成后自动进入登录。若长时间没有反应，请检查网络。',
  },
  signIn: { title: '登录', person: '姓名', password: '密码', submit: '登录', unit: '本工作站' },
  wait: {
    title: '密码多次不对，请稍候',
    text: '还需等待 {{time}}。忘记密码时，请管理员重设。',
  },
  expired: '请重新登录',
  expiredText: '登录已失效。下面页面里已填写的内容都还在。',
};
