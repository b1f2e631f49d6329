/** The pages of routes: one piece of code, had when the first of them is opened. */
import './route';
import './route-edit';
import './route-run';
