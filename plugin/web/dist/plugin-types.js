const n=["test","production"],o=["waiting","joined","declined","dismissed","undone"];export{n as c,o as j};
