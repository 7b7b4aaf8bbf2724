"""The war of autumn 2020 in Nagorno-Karabakh, as feeds that we wrote from its recorded facts."""
