#include "plugin/api/FieldTexts.h"

namespace plugin::api {

std::string fieldTextInRussian(const std::string& english) {
    static const std::map<std::string, std::string> texts{
        {"it is missing", "поле не заполнено"},
        {"it is empty", "поле пустое"},
        {"is missing", "поле не заполнено"},
        {"is empty", "поле пустое"},
        {"give a text", "заполните поле"},
        {"it is not base64 of Key:Secret", "это не Basic: не base64 от «Key:Secret»"},
        {"there is no colon between Key and Secret in it", "в Basic нет двоеточия между Key и Secret"},
        {"the Key in it is empty", "Key в нём пустой"},
        {"the Secret in it is empty", "Secret в нём пустой"},
        {"the secret has a colon in it, which the LRS does not accept", "в Secret есть двоеточие, LRS такой не примет"},
        {"ask University 2035 for a secret without a colon", "попросите у Университета 2035 Secret без двоеточия"},
        {"paste the whole Basic of University 2035's letter, or enter Key and Secret",
         "вставьте Basic из письма Университета 2035 целиком или введите Key и Secret"},
        {"paste the Basic of the letter, or its Key and Secret", "вставьте Basic из письма или Key и Secret"},
        {"paste the Key of University 2035's letter", "вставьте Key из письма Университета 2035"},
        {"paste the Secret of University 2035's letter", "вставьте Secret из письма Университета 2035"},
        {"a Key has neither a colon nor a line break in it", "в Key не бывает двоеточия и перевода строки"},
        {"a Secret has no line break in it", "в Secret не бывает перевода строки"},
        {"it stands beside key and secret", "заполнены и Basic, и Key с Secret"},
        {"give either basic, or key and secret", "оставьте что-то одно: Basic или Key с Secret"},
        {"give key and secret together", "введите Key и Secret вместе"},
        {"it equals the stored Basic of the test contour", "этот Basic сохранён для тестового контура"},
        {"it equals the stored Basic of the production contour", "этот Basic сохранён для промышленного контура"},
        {"paste the Basic of this contour's letter", "вставьте Basic из письма этого контура"},
        {"it is not an https address", "это не адрес https"},
        {"it names no host", "в адресе нет имени сервера"},
        {"it has credentials in it", "в адресе есть логин или пароль"},
        {"leave them out; they go into their own fields", "уберите их: для них есть свои поля"},
        {"it has a query or a fragment", "в адресе есть часть после «?» или «#»"},
        {"leave out everything from '?' or '#' on", "уберите всё, начиная с «?» или «#»"},
        {"it is not an address", "это не адрес"},
        {"write it as https://host/path", "запишите его в виде https://сервер/путь"},
        {"the address of this project's production LRS is known", "адрес промышленного LRS этого проекта уже известен"},
        {"leave it out", "оставьте поле пустым"},
        {"take the «xAPI Endpoint» from the letter", "возьмите «xAPI Endpoint» из письма"},
        {"take it from the letter with the data of the S3 storage", "возьмите его из письма с данными хранилища S3"},
        {"this project has no S3 storage", "в этом проекте нет хранилища S3"},
        {"leave the S3 fields out", "оставьте поля S3 пустыми"},
        {"the storage URL names another bucket", "в URL хранилища указан другой бакет"},
        {"leave it out, or correct the URL", "оставьте поле пустым или исправьте URL"},
        {"it begins with neither https:// nor http://", "адрес начинается не с https://"},
        {"it has a part after '?' or '#'", "в адресе есть часть после «?» или «#»"},
        {"more than a bucket's name follows the host", "после имени сервера указано больше, чем имя бакета"},
        {"what follows the host is not a bucket's name", "после имени сервера указано не имя бакета"},
        {"what stands before the host is not a bucket's name", "перед именем сервера указано не имя бакета"},
        {"its host is missing or has a character that no host name can have",
         "имени сервера нет, или в нём есть недопустимый знак"},
        {"paste the storage URL of University 2035's letter, e.g. https://s3.example.net/bucket",
         "вставьте URL хранилища из письма Университета 2035, например https://s3.example.net/bucket"},
        {"it is not true", "отключение не подтверждено"},
        {"send {\"confirm\": true}", "пришлите {\"confirm\": true}"},
    };
    auto it = texts.find(english);
    return it == texts.end() ? english : it->second;
}

}  // namespace plugin::api
