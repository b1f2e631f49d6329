#include "common/Json.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"

namespace host::ctl {

namespace {

std::string pathOf(const std::string& organization, const std::string& source = {}) {
    const std::string path = "/api/v1/organizations/" + RestClient::segment(organization) + "/xapi-sources";
    return source.empty() ? path : path + "/" + RestClient::segment(source);
}

/// Key and secret are what the LMS's plugin is given; the secret is shown this once.
void tellSecret(Context& context, const Arguments& arguments, const Poco::JSON::Object& source) {
    const auto name = shown(source.get("name")), key = shown(source.get("key")), secret = shown(source.get("secret"));
    if (const auto file = arguments.value("out")) {
        writeSecret(*file, key + ":" + secret);
        context.say(fmt::format("Key and secret of '{}' are in '{}', with a colon between them.", name, *file));
    } else if (context.wantsJson()) {
        context.print(source);
    } else {
        std::cout << fmt::format("Address:  {}\nKey:      {}\nSecret:   {}\nThe secret of '{}' is shown this once.\n",
                                 shown(source.get("endpoint")), key, secret, name)
                  << std::flush;
    }
}

int list(Context& context, const Arguments& arguments) {
    context.print(context.rest().all(pathOf(arguments.words[0])), {{"NAME", "name"},
                                                                   {"TITLE", "title"},
                                                                   {"ENABLED", "enabled"},
                                                                   {"KEY", "key"},
                                                                   {"RULES", "ruleSet"},
                                                                   {"REFERENCES", "references"},
                                                                   {"READING AGAIN", "remapping"}});
    return kOk;
}

int create(Context& context, const Arguments& arguments) {
    const auto rules = arguments.value("rules"), file = arguments.value("rules-file");
    if (rules.has_value() == file.has_value())
        throw UsageError("'xapi-sources create' needs either --rules NAME or --rules-file FILE.");
    common::JsonWriter body;
    body.object().member("name", arguments.words[1]);
    if (const auto title = arguments.value("title")) body.member("title", *title);
    if (const auto references = arguments.value("references")) body.member("references", *references);
    body.key("origins").array();
    for (const auto& origin : arguments.values("origin")) body.value(origin);
    body.end();
    if (rules) body.member("ruleSet", *rules);
    if (file) body.rawMember("rules", jsonIn(*file));
    tellSecret(context, arguments, *context.rest().post(pathOf(arguments.words[0]), body.end().take()).object());
    return kOk;
}

int rotate(Context& context, const Arguments& arguments) {
    common::JsonWriter body;
    body.object().member("keepOldMinutes", minutesOf(arguments, "keep-old"));
    const auto path = pathOf(arguments.words[0], arguments.words[1]) + "/rotate";
    tellSecret(context, arguments, *context.rest().post(path, body.end().take()).object());
    return kOk;
}

int ask(Context& context, const Arguments& arguments, const char* what, const char* told) {
    const auto source = context.rest().post(pathOf(arguments.words[0], arguments.words[1]) + "/" + what, "").object();
    if (context.wantsJson()) context.print(*source);
    context.say(told);
    return kOk;
}

int counts(Context& context, const Arguments& arguments) {
    context.print(context.rest().all(pathOf(arguments.words[0], arguments.words[1]) + "/forms"),
                  {{"VERB", "verb"},
                   {"ACTIVITY TYPE", "activityType"},
                   {"MAPPED", "mapped"},
                   {"WAITING", "waiting"},
                   {"NO RULE", "unmatched"},
                   {"REJECTED", "rejected"}});
    return kOk;
}

}  // namespace

std::vector<Command> xapiCommands() {
    const Option out{"out", "FILE", "write key and secret to this file, for its owner only"};
    return {
        {{"xapi-sources", "list"}, {"ORG"}, "Who sends xAPI statements", {}, list},
        {{"xapi-sources", "create"},
         {"ORG", "NAME"},
         "Makes a source of xAPI statements; shows key and secret once",
         {{"rules", "NAME", "ready-made rules: logstore_xapi"},
          {"rules-file", "FILE", "rules of its own, as JSON"},
          {"references", "SOURCE", "whose records the statements speak of; its own when not given"},
          {"title", "TEXT", "for people"},
          {"origin", "URL", "a page that may send from a browser: https://lms.example.org", true},
          out},
         create},
        {{"xapi-sources", "rotate"},
         {"ORG", "NAME"},
         "Gives a source another secret",
         {{"keep-old", "MINUTES", "the old one is good for so long; 0 when not given"}, out},
         rotate},
        {{"xapi-sources", "remap"},
         {"ORG", "NAME"},
         "Reads all its statements again by the rules as they are now",
         {},
         [](Context& c, const Arguments& a) {
             return ask(c, a, "remap", "Its statements are read again; 'xapi-sources list' shows when that is done.");
         }},
        {{"xapi-sources", "retry"},
         {"ORG", "NAME"},
         "Tries statements again that wait for records",
         {},
         [](Context& c, const Arguments& a) {
             return ask(c, a, "retry", "They are tried again; 'xapi-sources counts' shows what still waits.");
         }},
        {{"xapi-sources", "counts"},
         {"ORG", "NAME"},
         "What has come, by verb and activity type, and what became of it",
         {},
         counts},
    };
}

}  // namespace host::ctl
