-- A list of one team goes on behind the last engineer of a page.
create index engineer_team on engineer (team, engineer);
