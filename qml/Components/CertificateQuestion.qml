import QtQuick
import Marea
import Marea.App

// Whether a certificate that nobody vouches for is the one that the other computer shows.
Column {
    id: question
    required property TrustViewModel trust
    spacing: 8
    Label {
        width: parent.width
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        color: question.trust && question.trust.other ? Theme.warning : Theme.text
        text: question.trust && question.trust.other ? qsTr("The server shows another certificate than before. Go on only if its computer shows this pin now:")
                                                     : qsTr("Nobody vouches for this server's certificate. Go on if its computer shows the same pin:")
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    Label { width: parent.width; text: question.trust ? question.trust.pin : ""; wrapMode: Text.WrapAnywhere; elide: Text.ElideNone; weight: Font.Medium; Accessible.name: qsTr("Pin: %1").arg(text) }
    AppButton { width: parent.width; text: qsTr("It is the same"); onClicked: question.trust.accept() }
}
