import { ipcRenderer } from 'electron';

// The bridge and nothing else: one port from the workstation to this window's own page.
ipcRenderer.on('heshi:request-port', (event) => {
  window.postMessage('heshi:port', window.location.origin, event.ports);
});
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('heshi:request-port'));
