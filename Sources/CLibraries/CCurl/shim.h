#pragma once
#include <curl/curl.h>
#include <dlfcn.h>
#include <string.h>

/* The library is opened at run time, so every function of it is a pointer. Those that take any
 * number of arguments can't be called from Swift: each kind of argument has its own way here. */
struct pi_curl {
    CURLcode (*global_init)(long);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *);
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
    CURLcode (*easy_pause)(CURL *, int);
    const char *(*easy_strerror)(CURLcode);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_cleanup)(CURLM *);
    CURLMcode (*multi_add_handle)(CURLM *, CURL *);
    CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
    CURLMcode (*multi_perform)(CURLM *, int *);
    CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd *, unsigned int, int, int *);
    CURLMcode (*multi_wakeup)(CURLM *);
    CURLMsg *(*multi_info_read)(CURLM *, int *);
    char *(*version)(void);
};

/* The name of what is missing, or NULL. */
static inline const char *pi_curl_open(struct pi_curl *curl) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return "libcurl.so.4";
#define PI_CURL_FIND(member, name)                                                                 \
    if (!(*(void **)&curl->member = dlsym(library, name))) return name;
    PI_CURL_FIND(global_init, "curl_global_init")
    PI_CURL_FIND(easy_init, "curl_easy_init")
    PI_CURL_FIND(easy_cleanup, "curl_easy_cleanup")
    PI_CURL_FIND(easy_setopt, "curl_easy_setopt")
    PI_CURL_FIND(easy_getinfo, "curl_easy_getinfo")
    PI_CURL_FIND(easy_pause, "curl_easy_pause")
    PI_CURL_FIND(easy_strerror, "curl_easy_strerror")
    PI_CURL_FIND(slist_append, "curl_slist_append")
    PI_CURL_FIND(slist_free_all, "curl_slist_free_all")
    PI_CURL_FIND(multi_init, "curl_multi_init")
    PI_CURL_FIND(multi_cleanup, "curl_multi_cleanup")
    PI_CURL_FIND(multi_add_handle, "curl_multi_add_handle")
    PI_CURL_FIND(multi_remove_handle, "curl_multi_remove_handle")
    PI_CURL_FIND(multi_perform, "curl_multi_perform")
    PI_CURL_FIND(multi_poll, "curl_multi_poll")
    PI_CURL_FIND(multi_wakeup, "curl_multi_wakeup")
    PI_CURL_FIND(multi_info_read, "curl_multi_info_read")
    PI_CURL_FIND(version, "curl_version")
#undef PI_CURL_FIND
    return NULL;
}

typedef size_t (*pi_curl_take)(char *, size_t, size_t, void *);

static inline CURLcode pi_curl_set_number(const struct pi_curl *curl, CURL *easy, CURLoption option,
                                          long value) {
    return curl->easy_setopt(easy, option, value);
}
static inline CURLcode pi_curl_set_size(const struct pi_curl *curl, CURL *easy, CURLoption option,
                                        int64_t value) {
    return curl->easy_setopt(easy, option, (curl_off_t)value);
}
static inline CURLcode pi_curl_set_pointer(const struct pi_curl *curl, CURL *easy,
                                           CURLoption option, const void *value) {
    return curl->easy_setopt(easy, option, value);
}
static inline CURLcode pi_curl_set_callback(const struct pi_curl *curl, CURL *easy,
                                            CURLoption option, pi_curl_take value) {
    return curl->easy_setopt(easy, option, value);
}
static inline long pi_curl_status(const struct pi_curl *curl, CURL *easy) {
    long status = 0;
    curl->easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}
/* The next transfer that has ended, and how; NULL if there is none. */
static inline CURL *pi_curl_ended(const struct pi_curl *curl, CURLM *multi, CURLcode *result) {
    int left = 0;
    for (CURLMsg *message; (message = curl->multi_info_read(multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
/* A key stands in these lines. */
static inline void pi_curl_forget_lines(const struct pi_curl *curl, struct curl_slist *lines) {
    for (struct curl_slist *line = lines; line; line = line->next)
        explicit_bzero(line->data, strlen(line->data));
    curl->slist_free_all(lines);
}
