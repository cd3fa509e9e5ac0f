/// One catalogue file: its path below the catalogue's folder, and its text.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

macro_rules! catalogue_files {
    ($($path:literal)*) => {
        /// Every file of the catalogue, embedded so that a change of one is a change of this crate.
        pub const FILES: &[File<'static>] =
            &[$(File { path: $path, text: include_str!(concat!("../catalogue/", $path)) }),*];
    };
}

catalogue_files! {
    "rfcs.toml"
    "replies.toml"
    "enhanced.toml"
    "commands.toml"
    "keywords.toml"
    "reasons.toml"
    "phrases/de.toml"
    "phrases/en.toml"
    "phrases/es.toml"
    "phrases/fr.toml"
    "phrases/it.toml"
    "phrases/ja.toml"
    "phrases/nl.toml"
    "phrases/pl.toml"
    "phrases/pt.toml"
    "phrases/ru.toml"
    "phrases/zh.toml"
    "providers/abusix.toml"
    "providers/amazon-ses.toml"
    "providers/aruba.toml"
    "providers/att.toml"
    "providers/au.toml"
    "providers/barracuda.toml"
    "providers/barracuda-central.toml"
    "providers/barricade-mx.toml"
    "providers/broadcom-symantec.toml"
    "providers/bt.toml"
    "providers/bytecamp.toml"
    "providers/charter.toml"
    "providers/cisco-esa.toml"
    "providers/cloudflare.toml"
    "providers/cloudmark.toml"
    "providers/comcast.toml"
    "providers/courier.toml"
    "providers/cox.toml"
    "providers/cyrus.toml"
    "providers/daum.toml"
    "providers/docomo.toml"
    "providers/domino.toml"
    "providers/dovecot.toml"
    "providers/dronebl.toml"
    "providers/earthlink.toml"
    "providers/easywan.toml"
    "providers/exchange-2003.toml"
    "providers/exchange-online.toml"
    "providers/exchange-server.toml"
    "providers/exim.toml"
    "providers/fastmail.toml"
    "providers/fortinet.toml"
    "providers/free-fr.toml"
    "providers/gbudb.toml"
    "providers/gmail.toml"
    "providers/gmx.toml"
    "providers/godaddy.toml"
    "providers/groupwise.toml"
    "providers/haraka.toml"
    "providers/hmailserver.toml"
    "providers/hornetsecurity.toml"
    "providers/icewarp.toml"
    "providers/icloud.toml"
    "providers/interia.toml"
    "providers/invaluement.toml"
    "providers/ionos.toml"
    "providers/james.toml"
    "providers/jcom.toml"
    "providers/kumomta.toml"
    "providers/la-poste.toml"
    "providers/libero.toml"
    "providers/mail-com.toml"
    "providers/mail-ru.toml"
    "providers/mailchannels.toml"
    "providers/mailenable.toml"
    "providers/mailspike.toml"
    "providers/mdaemon.toml"
    "providers/mimecast.toml"
    "providers/momentum.toml"
    "providers/naver.toml"
    "providers/netease.toml"
    "providers/onet.toml"
    "providers/opensmtpd.toml"
    "providers/oracle-email-delivery.toml"
    "providers/oracle-messaging-server.toml"
    "providers/orange.toml"
    "providers/outlook.toml"
    "providers/ox-cloud.toml"
    "providers/postfix.toml"
    "providers/powermta.toml"
    "providers/proofpoint.toml"
    "providers/proofpoint-pdr.toml"
    "providers/proton.toml"
    "providers/psbl.toml"
    "providers/qmail.toml"
    "providers/qq.toml"
    "providers/rackspace.toml"
    "providers/rucenter.toml"
    "providers/senderscore.toml"
    "providers/sendmail.toml"
    "providers/seznam.toml"
    "providers/sfr.toml"
    "providers/sina.toml"
    "providers/softbank.toml"
    "providers/sohu.toml"
    "providers/sophos.toml"
    "providers/sorbs.toml"
    "providers/spamcop.toml"
    "providers/spamhaus.toml"
    "providers/spamrats.toml"
    "providers/spfbl.toml"
    "providers/stalwart.toml"
    "providers/strato.toml"
    "providers/surbl.toml"
    "providers/t-online.toml"
    "providers/telstra.toml"
    "providers/trellix.toml"
    "providers/trend-micro.toml"
    "providers/trend-micro-ers.toml"
    "providers/uceprotect.toml"
    "providers/uol.toml"
    "providers/uribl.toml"
    "providers/verizon.toml"
    "providers/virgin-media.toml"
    "providers/web-de.toml"
    "providers/wp.toml"
    "providers/yahoo.toml"
    "providers/yandex.toml"
    "providers/zimbra.toml"
    "providers/zoho.toml"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::FILES;

    #[test]
    fn every_file_of_the_folder_is_listed_and_the_other_way_round() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue");
        let mut found = BTreeSet::new();
        for sub in ["", "phrases", "providers"] {
            for entry in fs::read_dir(folder.join(sub)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "toml") {
                    let path = path.strip_prefix(&folder).unwrap();
                    found.insert(path.to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        let listed: BTreeSet<_> = FILES.iter().map(|file| file.path.to_owned()).collect();
        assert_eq!(listed, found);
        assert_eq!(FILES.len(), listed.len(), "a file is listed twice");
    }
}
