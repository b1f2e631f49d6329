import { unsafeCSS } from 'lit';
import css from './routes.css?inline';

export const routeStyle = unsafeCSS(css);
