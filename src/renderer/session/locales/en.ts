import type zh from './zh-CN.ts';

export default {
  title: 'Heshi',
  subtitle: 'Workstation of a consumer dispute point',
  enrol: {
    title: 'Enrol this workstation',
    text: "Ask the administrator for the centre's address and a one-time code. It is done once; afterwards work goes on without a network.",
    centreUrl: 'Centre address',
    code: 'Enrolment code',
    deviceName: 'Name of this workstation',
    submit: 'Enrol',
    waiting: "Enrolled; fetching your unit's people and merchants…",
    waitingText: 'Sign-in opens by itself when that is done. If nothing happens for long, check the network.',
  },
  signIn: {
    title: 'Sign in',
    person: 'Name',
    password: 'Password',
    submit: 'Sign in',
    unit: 'This workstation',
  },
  wait: {
    title: 'Wrong too often; please wait',
    text: '{{time}} to go. If the password is forgotten, an administrator can set another.',
  },
  expired: 'Please sign in again',
  expiredText: 'The session has ended. What was typed on the page below is still there.',
} satisfies typeof zh;
