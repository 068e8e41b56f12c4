/** What merchants are told by the gateway. */
export const message = {
  eligible:
    '{{merchant}}：{{organ}}{{number}}的失信信息自{{day}}起可以申请信用修复，请备齐履行证明到专窗或在商户端提交。{{contact}}',
  open: '{{merchant}}：{{organ}}{{number}}的失信信息最早{{day}}可以申请信用修复，但尚有义务未履行或有其他失信信息须先处理，请先办理。{{contact}}',
  ends: '{{merchant}}：{{organ}}{{number}}的失信信息公示期到{{day}}届满，届满后停止公示，此前仍可申请信用修复。{{contact}}',
  'annual-report':
    '{{merchant}}：请于{{day}}前报送年度报告，逾期将列入经营异常名录；已报送的请忽略。{{contact}}',
  unreachable:
    '{{merchant}}：通过登记的住所未能联系到贵店，{{day}}前未办理变更登记的，可能列入经营异常名录，请尽快联系。{{contact}}',
  contact: '咨询电话：{{phone}}。',
};
