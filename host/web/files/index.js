import { drawSession, loadSession, onSession } from './session.js';
import { startTexts } from './texts.js';

startTexts(drawSession);
onSession(drawSession);
drawSession();
loadSession();
