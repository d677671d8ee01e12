user everybody
hostname direct.example.com
port 22
identitiesonly no
stricthostkeychecking ask
serveralivecountmax 3
serveraliveinterval 0
identityfile ~/.ssh/id_rsa
identityfile ~/.ssh/id_ecdsa
identityfile ~/.ssh/id_ecdsa_sk
identityfile ~/.ssh/id_ed25519
identityfile ~/.ssh/id_ed25519_sk
identityfile ~/.ssh/id_xmss
identityfile ~/.ssh/id_dsa
userknownhostsfile /home/op/.ssh/known_hosts /home/op/.ssh/known_hosts2
connecttimeout 90
