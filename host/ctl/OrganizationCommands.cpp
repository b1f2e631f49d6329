#include "common/Json.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"

namespace host::ctl {

namespace {

/// Fields of an organization that are lists of texts; the others are texts.
bool isList(const std::string& key) {
    return key == "participation" || key == "projects";
}

void set(Poco::JSON::Object& object, const std::string& key, const std::string& value) {
    if (!isList(key)) {
        object.set(key, value);
        return;
    }
    Poco::JSON::Array::Ptr list = new Poco::JSON::Array;
    std::istringstream in(value);
    for (std::string one; std::getline(in, one, ',');)
        if (!one.empty()) list->add(one);
    object.set(key, list);
}

std::string textOf(const Poco::JSON::Object& object) {
    return jsonOf(Poco::Dynamic::Var(Poco::JSON::Object::Ptr(new Poco::JSON::Object(object))));
}

Poco::JSON::Object fromFile(const std::string& path) {
    try {
        return *Poco::JSON::Parser().parse(readFile(path)).extract<Poco::JSON::Object::Ptr>();
    } catch (const Poco::Exception& e) {
        throw UsageError(fmt::format("The file '{}' is not a JSON object: {}.", path, e.displayText()));
    }
}

Poco::JSON::Object fields(const Arguments& arguments) {
    Poco::JSON::Object object;
    if (auto file = arguments.value("file")) object = fromFile(*file);
    for (const auto& one : arguments.values("set")) {
        const auto [key, value] = keyValue(one);
        set(object, key, value);
    }
    return object;
}

std::string pathOf(const std::string& organization) {
    return "/api/v1/organizations/" + RestClient::segment(organization);
}

int create(Context& context, const Arguments& arguments) {
    auto object = fields(arguments);
    object.set("id", arguments.words[0]);
    context.print(*context.rest().post("/api/v1/organizations", textOf(object)).object());
    return kOk;
}

int list(Context& context, const Arguments&) {
    context.print(context.rest().all("/api/v1/organizations"), {{"ID", "id"},
                                                                {"LEGAL NAME", "legalName"},
                                                                {"TARIFF", "tariff"},
                                                                {"PROJECTS", "projects"},
                                                                {"ZONE", "timeZone"}});
    return kOk;
}

int show(Context& context, const Arguments& arguments) {
    context.print(*context.rest().get(pathOf(arguments.words[0])).object());
    return kOk;
}

/// Reads, changes the named fields, and writes under the ETag it read: nobody's change is lost.
int change(Context& context, const Arguments& arguments) {
    const std::string path = pathOf(arguments.words[0]);
    auto current = context.rest().get(path);
    auto object = *current.object();
    for (std::size_t i = 1; i < arguments.words.size(); ++i) {
        const auto [key, value] = keyValue(arguments.words[i]);
        set(object, key, value);
    }
    context.print(*context.rest().put(path, textOf(object), current.etag).object());
    return kOk;
}

int createProject(Context& context, const Arguments& arguments) {
    common::JsonWriter json;
    json.object()
        .member("id", arguments.words[0])
        .member("title", arguments.value("title").value_or(arguments.words[0]));
    json.member("profile", arguments.value("profile").value_or(arguments.words[0]));
    if (auto value = arguments.value("project-value")) json.member("projectValue", *value);
    json.end();
    context.print(*context.rest().post("/api/v1/projects", json.take()).object());
    return kOk;
}

int listProjects(Context& context, const Arguments&) {
    context.print(context.rest().all("/api/v1/projects"),
                  {{"ID", "id"}, {"TITLE", "title"}, {"PROFILE", "profile"}, {"VALUE", "projectValue"}});
    return kOk;
}

}  // namespace

std::vector<Command> organizationCommands() {
    const Option setOption{"set", "KEY=VALUE",
                           "a field: legalName, fullName, tariff, activityBase, …; lists with commas", true};
    return {
        {{"organizations", "create"},
         {"ORG"},
         "Makes an organization",
         {setOption, {"file", "FILE", "fields as a JSON object"}},
         create},
        {{"organizations", "list"}, {}, "The organizations", {}, list},
        {{"organizations", "show"}, {"ORG"}, "One organization with all its fields", {}, show},
        {{"organizations", "set"}, {"ORG", "KEY=VALUE…"}, "Changes fields of an organization", {}, change},
        {{"projects", "create"},
         {"PROJECT"},
         "Makes a project that organizations can work in",
         {{"title", "TEXT", "its name for people"},
          {"profile", "NAME", "the profile it uses; its id when not given"},
          {"project-value", "TEXT", "value in statements, when it differs from the profile's"}},
         createProject},
        {{"projects", "list"}, {}, "The projects", {}, listProjects},
    };
}

}  // namespace host::ctl
