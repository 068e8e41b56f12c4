/** The wording of the monthly report. Papers are Chinese whatever the language of the screen. */
export const monthlyWords = {
  title: '信用修复与信用金融月报',
  titleOfDays: '信用修复与信用金融情况报告',
  month: (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`,
  days: (from: string, to: string): string => `${from} 至 ${to}`,
  about: (period: string, at: string): string => `统计期间：${period}　　中心汇总：${at}`,
  departments: '一、部门办理时效',
  head: {
    department: ['部门', ''],
    asks: ['征询', '次'],
    opinions: ['答复', '次'],
    answeredInTime: ['按时答复率', '按时÷答复'],
    opinionDays: ['平均工作日', '工作日÷答复'],
    incomplete: ['补正', '次'],
    refused: ['不同意', '次'],
    late: ['逾期', '次'],
    accepted: ['受理', '件'],
    repliedInTime: ['按时回复率', '按时÷回复'],
    reply: ['回复分钟', '中位／九成'],
    open: ['待办', '件'],
    overdue: ['已逾期', '件'],
  },
  all: '合计',
  section: (place: number, heading: string): string =>
    `${['二', '三', '四', '五', '六', '七', '八'][place] ?? '九'}、${heading}`,
  enterprises: { label: '服务企业', word: '家', formula: '有申请被受理的经营主体，每家计一次' },
  colon: '：',
  formula: (text: string): string => `（${text}）`,
  reply: (minutes: number): string =>
    `按时回复：自收到申请或补正起 ${minutes} 个办公分钟内受理或退回；中位、九成按分段计数推算，误差小于 3.2%。`,
  opinion: (days: number, gsxt: number): string =>
    `按时答复：一般 ${days} 个工作日内，适用市场监管规则的 ${gsxt} 个工作日内，补正期间不计。待办、已逾期为汇总时的情况。`,
  complete: (workstations: number): string => `数据完整性：全部 ${workstations} 个工作站均已报送。`,
  incomplete: (reported: number, workstations: number, names: string): string =>
    `数据完整性：${workstations} 个工作站中 ${reported} 个在汇总前 24 小时内报送，以后数字可能增加。未报送的部门：${names}。`,
  noneMissing: '无',
  more: (names: string, more: number): string => `${names}等，另有 ${more} 个`,
  stale: (at: string): string => `联系不上中心，本页为 ${at} 取回的副本。`,
  running: (day: string): string => `统计期间尚未结束，数字截至 ${day}。`,
  foot: (organisation: string): string => `${organisation}　`,
  none: '—',
};
