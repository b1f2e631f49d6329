#include "common/Json.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"

#include <Poco/JSON/Parser.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace host::ctl {

namespace {

std::string pathOf(const std::string& organization, const std::string& connection = {}, const std::string& route = {}) {
    std::string path = "/api/v1/organizations/" + RestClient::segment(organization) + "/connections";
    if (!connection.empty()) path += "/" + RestClient::segment(connection);
    if (!route.empty()) path += "/routes/" + RestClient::segment(route);
    return path;
}

std::string textOf(const Poco::JSON::Object::Ptr& object, const char* key) {
    return shown(object->get(key));
}

/// What is wrong, in words; whether anything is.
bool tellDiagnoses(const Context& context, const Poco::JSON::Object::Ptr& of) {
    const auto diagnoses = of->getArray("diagnoses");
    if (!diagnoses) return false;
    for (std::size_t i = 0; i < diagnoses->size(); ++i) {
        const auto one = diagnoses->getObject(static_cast<unsigned>(i));
        context.say(fmt::format("{}: {}. {} {}", textOf(one, "code"), textOf(one, "title"), textOf(one, "detail"),
                                textOf(one, "fix")));
    }
    return diagnoses->size() > 0;
}

int list(Context& context, const Arguments& arguments) {
    if (arguments.words.size() > 1) {
        context.print(context.rest().all(pathOf(arguments.words[0], arguments.words[1]) + "/routes"),
                      {{"NAME", "name"}, {"TITLE", "title"}, {"ENABLED", "enabled"}, {"READ UP TO", "readUpTo"}});
        return kOk;
    }
    context.print(context.rest().all(pathOf(arguments.words[0])),
                  {{"NAME", "name"}, {"KIND", "kind"}, {"TITLE", "title"}, {"ENABLED", "enabled"}});
    return kOk;
}

/// A connection as POST takes it, and its "routes" beside, or a "set" with its "parameters".
int create(Context& context, const Arguments& arguments) {
    Poco::JSON::Object::Ptr whole;
    try {
        whole = Poco::JSON::Parser().parse(readFile(arguments.words[1])).extract<Poco::JSON::Object::Ptr>();
    } catch (const Poco::Exception& e) {
        throw UsageError(fmt::format("The file '{}' is no JSON object: {}.", arguments.words[1], e.displayText()));
    }
    const auto routes = whole->getArray("routes");
    const auto set = whole->get("set");
    const auto parameters = whole->get("parameters");
    for (const char* name : {"routes", "set", "parameters"}) whole->remove(name);
    const auto& organization = arguments.words[0];
    const auto made = context.rest().post(pathOf(organization), jsonOf(whole)).object();
    const auto base = pathOf(organization, textOf(made, "name")) + "/routes";
    if (!set.isEmpty()) {
        common::JsonWriter body;
        body.object().rawMember("set", jsonOf(set));
        if (!parameters.isEmpty()) body.rawMember("parameters", jsonOf(parameters));
        context.rest().post(base + "/from-set", body.end().take());
    }
    for (std::size_t i = 0; routes && i < routes->size(); ++i)
        context.rest().post(base, jsonOf(routes->get(static_cast<unsigned>(i))));
    if (context.wantsJson())
        context.print(*made);
    else
        context.say(fmt::format("Connection '{}' is made.", textOf(made, "name")));
    return kOk;
}

int check(Context& context, const Arguments& arguments) {
    const auto answer = context.rest().post(pathOf(arguments.words[0], arguments.words[1]) + "/check", "").object();
    if (context.wantsJson()) context.print(*answer);
    const bool wrong = tellDiagnoses(context, answer);
    if (!wrong) context.say("The connection is right.");
    return wrong ? kRefused : kOk;
}

int tryRoute(Context& context, const Arguments& arguments) {
    const auto answer = context.rest()
                            .post(pathOf(arguments.words[0], arguments.words[1], arguments.words[2]) + "/try",
                                  arguments.has("sends") ? R"({"sends":true})" : "")
                            .object();
    if (context.wantsJson()) {
        context.print(*answer);
    } else {
        const auto rows = answer->getArray("rows");
        for (std::size_t i = 0; i < rows->size(); ++i) {
            const auto row = rows->getObject(static_cast<unsigned>(i));
            context.say(fmt::format("{} {}", textOf(row, "place"), textOf(row, "outcome")));
            context.say("  source: " + jsonOf(row->get("source")));
            if (!row->get("record").isEmpty()) context.say("  record: " + jsonOf(row->get("record")));
            const auto errors = row->getArray("errors");
            for (std::size_t e = 0; errors && e < errors->size(); ++e) {
                const auto one = errors->getObject(static_cast<unsigned>(e));
                context.say(fmt::format("  {} '{}': {}; {}", textOf(one, "column"), textOf(one, "value"),
                                        textOf(one, "reason"), textOf(one, "fix")));
            }
        }
    }
    return tellDiagnoses(context, answer) ? kRefused : kOk;
}

/// Waits for the end of a run; whether it went well.
bool follow(Context& context, const std::string& address, const std::string& name) {
    for (;;) {
        const auto run = context.rest().get(address).object();
        const auto state = textOf(run, "state");
        if (state != "waiting" && state != "running") {
            if (context.wantsJson()) context.print(*run);
            context.say(fmt::format("{}: {}: {}", name, state, shown(run->get("counts"))));
            tellDiagnoses(context, run);
            return state == "done";
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
}

std::string orderOf(const Arguments& arguments) {
    common::JsonWriter body;
    body.object().member("full", arguments.has("full"));
    return body.member("confirmDeletions", arguments.has("confirm-deletions")).end().take();
}

int run(Context& context, const Arguments& arguments) {
    const auto& words = arguments.words;
    if (words.size() > 2) {
        const auto answer = context.rest().post(pathOf(words[0], words[1], words[2]) + "/run", orderOf(arguments));
        return follow(context, answer.location, words[2]) ? kOk : kRefused;
    }
    const auto before = context.rest().all(pathOf(words[0], words[1]) + "/routes");
    const auto started = context.rest().post(pathOf(words[0], words[1]) + "/run", orderOf(arguments)).object();
    const auto items = started->getArray("items");
    bool good = true;
    // They run in the order of the routes, which is the order of the answer.
    std::size_t at = 0;
    for (const auto& one : before) {
        const auto route = one.extract<Poco::JSON::Object::Ptr>();
        if (!route->getValue<bool>("enabled") || at >= items->size()) continue;
        const auto name = textOf(route, "name");
        const auto id = textOf(items->getObject(static_cast<unsigned>(at)), "id");
        try {
            good = follow(context, pathOf(words[0], words[1], name) + "/runs/" + id, name) && good;
            ++at;
        } catch (const Refusal& refusal) {
            if (refusal.status() != 404) throw;  // this one was running already
        }
    }
    return good ? kOk : kRefused;
}

int log(Context& context, const Arguments& arguments) {
    const auto& words = arguments.words;
    if (words.size() < 3) {
        std::cout << context.rest().get(pathOf(words[0], words[1]) + "/log").body << std::flush;
        return kOk;
    }
    const auto base = pathOf(words[0], words[1], words[2]) + "/runs";
    std::string id = words.size() > 3 ? words[3] : "";
    if (id.empty()) {
        const auto latest = context.rest().get(base + "?limit=1").object()->getArray("items");
        if (latest->empty()) throw UsageError(fmt::format("The route '{}' has not run yet.", words[2]));
        id = textOf(latest->getObject(0), "id");
    }
    std::cout << context.rest().get(base + "/" + RestClient::segment(id) + "/log").body << std::flush;
    return kOk;
}

/// Another token of a listening connection, or none any more.
int token(Context& context, const Arguments& arguments) {
    const auto path = pathOf(arguments.words[0], arguments.words[1]) + "/token";
    if (arguments.has("withdraw")) {
        if (arguments.has("keep-old") || arguments.has("out"))
            throw UsageError("'--withdraw' makes no token: neither --keep-old nor --out goes with it.");
        context.rest().remove(path);
        context.say("The connection has no token any more: nobody can send to it.");
        return kOk;
    }
    common::JsonWriter body;
    body.object().member("keepPreviousMinutes", minutesOf(arguments, "keep-old"));
    const auto made = context.rest().post(path, body.end().take()).object();
    if (const auto file = arguments.value("out")) {
        writeSecret(*file, textOf(made, "token"));
        context.say(fmt::format("The token is in '{}'; the address is {}.", *file, textOf(made, "address")));
    } else if (context.wantsJson()) {
        context.print(*made);
    } else {
        std::cout << "Address: " << textOf(made, "address") << "\nToken, shown this once: " << textOf(made, "token")
                  << "\n";
    }
    return kOk;
}

int upload(Context& context, const Arguments& arguments) {
    const auto& words = arguments.words;
    const std::filesystem::path file = words[3];
    std::ifstream in(file, std::ios::binary);
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (!in || error) throw UsageError(fmt::format("The file '{}' can't be read.", words[3]));
    const auto path = fmt::format("{}/upload?name={}{}", pathOf(words[0], words[1], words[2]),
                                  RestClient::segment(file.filename().string()),
                                  arguments.has("confirm-deletions") ? "&confirmDeletions=true" : "");
    const auto answer = context.rest().postStream(path, "application/octet-stream", in, size);
    return follow(context, answer.location, words[2]) ? kOk : kRefused;
}

}  // namespace

std::vector<Command> connectionCommands() {
    const std::vector<Option> order = {{"full", "", "read everything, whatever was read before"},
                                       {"confirm-deletions", "", "delete what the source no longer has, however much"}};
    return {
        {{"connections", "list"}, {"ORG", "[CONNECTION]"}, "The connections, or the routes of one", {}, list},
        {{"connections", "create"},
         {"ORG", "FILE"},
         "Makes a connection of a JSON file, with its \"routes\", or a \"set\" and its \"parameters\"",
         {},
         create},
        {{"connections", "check"}, {"ORG", "CONNECTION"}, "Says in words what is wrong with a connection", {}, check},
        {{"connections", "try"},
         {"ORG", "CONNECTION", "ROUTE"},
         "Ten rows, as they would arrive",
         {{"sends", "", "send the request although it may change the source (no GET)"}},
         tryRoute},
        {{"connections", "run"},
         {"ORG", "CONNECTION", "[ROUTE]"},
         "Runs a route, or all of them in order, and waits for the end",
         order,
         run},
        {{"connections", "log"},
         {"ORG", "CONNECTION", "[ROUTE]", "[RUN]"},
         "The log of a connection, or of a route's latest run",
         {},
         log},
        {{"connections", "upload"},
         {"ORG", "CONNECTION", "ROUTE", "FILE"},
         "Sends a file to a route of a connection of files, and waits for the end",
         {order.back()},
         upload},
        {{"connections", "token"},
         {"ORG", "CONNECTION"},
         "Makes another token of a listening connection; shows it once",
         {{"keep-old", "MINUTES", "the old one is good for so long; 0 when not given"},
          {"withdraw", "", "takes the token away and makes none"},
          {"out", "FILE", "write it to this file, for its owner only"}},
         token},
    };
}

}  // namespace host::ctl
