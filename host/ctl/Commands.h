#pragma once
/// lmsctl's commands, a function for each group of them.

#include "host/ctl/CommandLine.h"

#include <vector>

namespace host::ctl {

std::vector<Command> accountCommands();       ///< users, tokens
std::vector<Command> organizationCommands();  ///< organizations, projects
std::vector<Command> recordCommands();        ///< records, import, demo
std::vector<Command> connectionCommands();    ///< connections, their routes and runs
std::vector<Command> xapiCommands();          ///< xAPI sources
std::vector<Command> serverCommands();        ///< modules, jobs, database
std::vector<Command> securityCommands();      ///< journal, secrets

std::vector<Command> allCommands();

}  // namespace host::ctl
