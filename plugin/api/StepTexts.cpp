#include "plugin/api/StepTexts.h"

#include "common/Json.h"

#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

namespace plugin::api {

namespace {

struct Text {
    const char* cause;
    const char* fix;
};

const std::map<std::string, const char*>& titles() {
    static const std::map<std::string, const char*> all{
        {"lrs.get", "Read from the LRS (GET)"},
        {"lrs.post", "Write to the LRS (POST)"},
        {"lrs.known", "Read back statements that were sent before"},
        {"s3.buckets", "List of buckets"},
        {"s3.put", "Write a probe file (PUT, public-read)"},
        {"s3.read", "Read the probe file by its link, without a key (GET)"},
        {"s3.delete", "Delete the probe file (DELETE)"},
        {"check", "The check"},
    };
    return all;
}

const std::map<std::string, Text>& texts() {
    static const std::map<std::string, Text> all{
        {"ok", {"", ""}},
        {"dns", {"The address is wrong, or the name server doesn't know it", "Check the address in the letter"}},
        {"refused",
         {"The address or port is wrong, or a firewall closes it", "Check the address in the letter; open the port"}},
        {"timeout",
         {"The server doesn't answer in time, or a firewall swallows the connection",
          "Check the address in the letter; open the port; if both are right, try again later"}},
        {"tls",
         {"The server's certificate is not trusted, expired, or made out to another name",
          "Add the authority's certificate to the server's CA file; compare the name in the address with the letter"}},
        {"forbidden-address",
         {"Such an address is not allowed: https is needed, and an address outside the internal network",
          "Take the address from the letter; the server's administrator can allow an exception"}},
        {"bad-address",
         {"The address is written wrongly", "Copy the whole address from the letter; it begins with https://"}},
        {"server-trouble",
         {"Trouble or overload on their side", "Press the button again later; write to University 2035 if it lasts"}},
        {"cancelled", {"The check was stopped", "Start the check again"}},
        {"unexpected-answer",
         {"Something in between answered, or there is another service at this address",
          "Check the address in the letter, and the proxies on the way"}},
        {"unauthorized",
         {"Basic is wrong, or of the other contour",
          "Paste the Basic of this contour's letter; Key and Secret work too"}},
        {"forbidden",
         {"The store is disabled, or the key has no such right", "Write to University 2035, quoting errorId"}},
        {"wrong-path",
         {"The server is there, but the path in the address is not right",
          "The address ends in /data/xAPI; we add /statements ourselves"}},
        {"version-header",
         {"A proxy on the way dropped the header X-Experience-API-Version", "Allow this header through on the proxy"}},
        {"not-validating",
         {"The server accepted a statement that is wrong on purpose: it is not an LRS that validates",
          "The address is wrong: check it in the letter"}},
        {"no-guid",
         {"The LRS's answer is built otherwise than expected",
          "The connection works; ask University 2035 for the guid if it is needed"}},
        {"test-contour",
         {"Statements sent to a store that was declared the test contour are here: it is the same LRS",
          "Take address and Basic from the letter about the production contour"}},
        {"another-store",
         {"This key opens another store: what was sent is not in it",
          "Paste the key of the same store; for another one disconnect the integration and set it up anew"}},
        {"not-readable",
         {"The key may not read statements, or the LRS didn't answer in time",
          "You will say yourself which store it is when you finish the set-up"}},
        {"wrong-secret",
         {"The storage refused the signature: Secret Key is wrong", "Paste Secret Key from the letter again"}},
        {"wrong-access-key",
         {"The storage doesn't know this Access Key ID", "Paste Access Key ID from the letter again"}},
        {"no-bucket", {"There is no such bucket", "Check the bucket's name in the letter"}},
        {"choose-bucket", {"There are several buckets", "Choose yours, or enter its name in the field Bucket"}},
        {"bucket-unknown",
         {"The key may not list buckets, and the storage URL names none",
          "Enter the bucket's name from the letter in the field Bucket"}},
        {"clock-skew",
         {"This server's clock differs from the storage's by more than 15 minutes",
          "Set up time synchronisation (NTP) on this server and check again"}},
        {"not-https",
         {"The link of a file doesn't begin with https://, as a statement needs it: files are not sent",
          "Enter the storage URL with https://, or ask the server's administrator to set the public address"}},
        {"acl-refused",
         {"The storage didn't take a file with public-read: the key may not write, or the bucket forbids public ACLs",
          "Write to University 2035: the key must be allowed to write and to set the ACL public-read in this bucket"}},
        {"access-denied",
         {"The key has no right to do this", "Write to University 2035: write, public-read and delete are needed"}},
        {"wrong-region", {"The storage expects a signature for another region", "Ask University 2035 for the region"}},
        {"no-object", {"There is no file at this address", "Check the storage's public address in the letter"}},
        {"changed-on-the-way", {"What arrived isn't what was sent", "Check the proxies on the way"}},
        {"wrong-endpoint", {"The storage sends to another address", "Take the final address from the letter"}},
        {"not-public",
         {"The file is written, but can't be opened by its link: public-read was not applied",
          "Write to University 2035: files with the ACL public-read must open without a key"}},
        {"different-content", {"The link opens something else than was written", "Check the storage's public address"}},
        {"server-restarted", {"The server was restarted", "Press the button again"}},
        {"busy", {"The server is busy", "Press the button again in a minute"}},
        {"internal",
         {"An error of the server; it is in its log", "Press the button again; if it lasts, tell the administrator"}},
    };
    return all;
}

/// The counts of statements that were read back.
std::string observedKnown(std::string text) {
    for (const auto& [russian, english] :
         {std::pair{"Запрошено", "Asked"}, std::pair{"найдено", "found"}, std::pair{"нет", "missing"}})
        text = Poco::replace(text, std::string(russian), std::string(english));
    return text;
}

std::string observed(const Poco::JSON::Object& step) {
    if (step.optValue<std::string>("name", "") == "lrs.known")
        return observedKnown(step.optValue<std::string>("observed", ""));
    int status = step.optValue<int>("status", 0);
    auto milliseconds = step.optValue<std::int64_t>("milliseconds", 0);
    if (status != 0) return fmt::format("HTTP {} in {} ms", status, milliseconds);
    bool passed = step.optValue<std::string>("state", "") != "failed";
    return fmt::format("{} after {} ms", passed ? "Done" : "No answer", milliseconds);
}

}  // namespace

std::string stepsIn(integration::Language language, const std::string& steps) {
    if (language == integration::Language::Russian) return steps;
    auto all = Poco::JSON::Parser().parse(steps).extract<Poco::JSON::Array::Ptr>();
    for (unsigned i = 0; i < all->size(); ++i) {
        auto step = all->getObject(i);
        auto title = titles().find(step->optValue<std::string>("name", ""));
        if (title != titles().end()) step->set("title", std::string(title->second));
        auto text = texts().find(step->optValue<std::string>("code", ""));
        if (text == texts().end()) continue;
        step->set("cause", std::string(text->second.cause));
        step->set("fix", std::string(text->second.fix));
        step->set("observed", observed(*step));
    }
    std::ostringstream out;
    all->stringify(out);
    return out.str();
}

}  // namespace plugin::api
